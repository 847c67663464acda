package dev.serai.webhook;

import dev.serai.event.KnownKeys;
import java.time.Clock;
import java.util.Map;

/** Makes sources and schemes with what they need of the hub. */
public final class SourceFactory {

  private final WebhookSettings settings;
  private final SourceSecrets secrets;
  private final WebhookMetrics metrics;
  private final KnownKeys known;
  private final GoogleKeys keys;
  private final Clock clock;

  SourceFactory(
      WebhookSettings settings,
      SourceSecrets secrets,
      WebhookMetrics metrics,
      KnownKeys known,
      GoogleKeys keys,
      Clock clock) {
    this.settings = settings;
    this.secrets = secrets;
    this.metrics = metrics;
    this.known = known;
    this.keys = keys;
    this.clock = clock;
  }

  Source source(SourceOptions options) {
    return new Source(
        options, Schemes.of(options, keys), secrets, settings.tolerance(), metrics, known, clock);
  }

  /**
   * A scheme for a request that belongs to no source.
   *
   * @param options of the schemes that have some, by their names
   * @throws IllegalArgumentException naming the schemes or options that exist
   */
  public Scheme scheme(String name, Map<String, String> options) {
    return Schemes.named(name, options, keys);
  }
}
