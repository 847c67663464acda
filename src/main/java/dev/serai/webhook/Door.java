package dev.serai.webhook;

import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources whose routes run, and what all of them share: limits, refusals, metrics. */
public final class Door {

  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private final WebhookSettings settings;
  private final SourceSecrets secrets;
  private final Refusals refusals;
  private final WebhookMetrics metrics;
  private final BodyReader bodies;
  private final Clock clock;
  private final String servletName = "door-" + UUID.randomUUID();
  private final Map<String, Source> sources = new ConcurrentSkipListMap<>();

  Door(
      WebhookSettings settings,
      SourceSecrets secrets,
      Refusals refusals,
      WebhookMetrics metrics,
      Clock clock) {
    this.settings = settings;
    this.secrets = secrets;
    this.refusals = refusals;
    this.metrics = metrics;
    this.clock = clock;
    this.bodies = new BodyReader(settings.inFlight().toBytes());
    metrics.bodies(bodies);
  }

  Source open(SourceOptions options) {
    Source source = new Source(options, secrets, settings.tolerance(), clock);
    secrets.load(source.name(), source.scheme());
    if (sources.putIfAbsent(source.name(), source) != null) {
      throw new IllegalStateException(
          "inbound: option 'source' is '%s', which another route has already"
              .formatted(source.name()));
    }
    return source;
  }

  void close(String source) {
    sources.remove(source);
  }

  /** The sources that take requests now. */
  public Collection<Source> sources() {
    return List.copyOf(sources.values());
  }

  public Optional<Source> source(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  /** Camel registers servlets by name for the whole process, in which another hub may run. */
  String servletName() {
    return servletName;
  }

  BodyReader bodies() {
    return bodies;
  }

  WebhookMetrics metrics() {
    return metrics;
  }

  int limit(SourceOptions options) {
    return options.maxBody > 0 ? options.maxBody : (int) settings.maxBody().toBytes();
  }

  void accepted(Source source, NewEvent event, Receipt receipt) {
    metrics.accepted(source.name(), receipt.status());
    if (receipt.status() == Receipt.Status.ACCEPTED) {
      source.accepted(receipt.id());
    }
    if (receipt.status() == Receipt.Status.CONFLICT) {
      log.error(
          "Source '{}' sent another body under the known key '{}'; it is kept as event {} and not"
              + " delivered",
          source.name(),
          event.key(),
          receipt.id());
    }
  }

  void refused(
      Source source, HttpServletRequest request, Verdict.Refused refused, byte @Nullable [] body) {
    metrics.refused(source.name(), refused.cause());
    refusals.keep(source, request, refused, body);
  }

  /** The answer to a path that no source has, or has not yet. */
  Reply unknown(String path) {
    metrics.refused("", Cause.NOT_FOUND);
    return Reply.refused(
        new Verdict.Refused(
            Cause.NOT_FOUND, "No source posts here; there are %s".formatted(sources.keySet())));
  }

  void routeFailed(Source source, Exception failure) {
    log.error("The route of source '{}' failed", source.name(), failure);
  }
}
