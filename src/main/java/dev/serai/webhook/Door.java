package dev.serai.webhook;

import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sources whose routes run, and what all of them share: limits, refusals, metrics. */
public final class Door {

  /** For so long a path whose route has stopped is one whose route is being replaced. */
  private static final Duration SWAP = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private final WebhookSettings settings;
  private final SourceSecrets secrets;
  private final Refusals refusals;
  private final WebhookMetrics metrics;
  private final BodyReader bodies;
  private final Senders senders;
  private final Clock clock;
  private final String servletName = "door-" + UUID.randomUUID();
  private final Map<String, Source> sources = new ConcurrentSkipListMap<>();

  /** Paths whose route has stopped, and when. */
  private final Map<String, Long> left = new ConcurrentHashMap<>();

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
    this.senders = new Senders(settings.trustedProxies());
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

  void close(SourceOptions options) {
    left.put(options.servletPath(), System.nanoTime());
    sources.remove(options.source);
  }

  /**
   * @throws IllegalArgumentException saying what of these options can't be
   */
  void check(SourceOptions options) {
    new Source(options, secrets, settings.tolerance(), clock);
  }

  /** Whether it is still the one that takes its requests. */
  boolean isOpen(Source source) {
    return sources.get(source.name()) == source;
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

  /** The address that a request came from. */
  String sender(HttpServletRequest request) {
    return senders.of(request);
  }

  void refused(
      Source source, HttpServletRequest request, Verdict.Refused refused, byte @Nullable [] body) {
    metrics.refused(source.name(), refused.cause());
    refusals.keep(source, request, sender(request), refused, body);
  }

  /** The answer to a path that no source has, or has not yet. */
  Reply unknown(String path) {
    if (isSwapped(path)) {
      metrics.refused("", Cause.NOT_RUNNING);
      return Reply.refused(
          new Verdict.Refused(Cause.NOT_RUNNING, "The route of this path is being replaced"));
    }
    metrics.refused("", Cause.NOT_FOUND);
    return Reply.refused(
        new Verdict.Refused(
            Cause.NOT_FOUND, "No source posts here; there are %s".formatted(sources.keySet())));
  }

  private boolean isSwapped(String path) {
    Long stopped = left.get(path);
    return stopped != null && System.nanoTime() - stopped < SWAP.toNanos()
        || sources.values().stream().anyMatch(source -> source.path().equals(path));
  }

  void routeFailed(Source source, Exception failure) {
    log.error("The route of source '{}' failed", source.name(), failure);
  }
}
