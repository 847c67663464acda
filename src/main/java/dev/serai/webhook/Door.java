package dev.serai.webhook;

import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import org.springframework.scheduling.annotation.Scheduled;

/** The sources whose routes run, and what all of them share: limits, refusals, metrics. */
public final class Door {

  /** For so long a path whose route has stopped is one whose route is being replaced. */
  private static final Duration SWAP = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private final WebhookSettings settings;
  private final SourceSecrets secrets;
  private final Refusals refusals;
  private final WebhookMetrics metrics;
  private final SourceGauges gauges;
  private final SecretHistory history;
  private final BodyReader bodies;
  private final Clock clock;
  private final String servletName = "door-" + UUID.randomUUID();
  private final Map<String, Source> sources = new ConcurrentSkipListMap<>();

  /** Paths whose route has stopped, and when. */
  private final Map<String, Left> left = new ConcurrentHashMap<>();

  Door(
      WebhookSettings settings,
      SourceSecrets secrets,
      Refusals refusals,
      WebhookMetrics metrics,
      SourceGauges gauges,
      SecretHistory history,
      Clock clock) {
    this.settings = settings;
    this.secrets = secrets;
    this.refusals = refusals;
    this.metrics = metrics;
    this.gauges = gauges;
    this.history = history;
    this.clock = clock;
    this.bodies = new BodyReader(settings.inFlight().toBytes());
    metrics.bodies(bodies);
  }

  synchronized Source open(SourceOptions options) {
    Source source = source(options);
    secrets.load(source.name(), source.scheme());
    if (sources.putIfAbsent(source.name(), source) != null) {
      throw new IllegalStateException(
          "inbound: option 'source' is '%s', which another route has already"
              .formatted(source.name()));
    }
    gauges.open(source);
    return source;
  }

  synchronized void close(SourceOptions options) {
    left.put(options.servletPath(), new Left(options.source, System.nanoTime()));
    sources.remove(options.source);
    gauges.close(options.source);
  }

  @Scheduled(fixedDelay = 10_000)
  void forgetGone() {
    forgetGone(System.nanoTime());
  }

  /** Takes away what was counted of sources that are gone, and not just being replaced. */
  synchronized void forgetGone(long now) {
    left.values()
        .removeIf(
            gone -> {
              boolean over = gone.isOver(now);
              if (over && !sources.containsKey(gone.source)) {
                metrics.forget(gone.source);
              }
              return over;
            });
  }

  private Source source(SourceOptions options) {
    return new Source(options, secrets, settings.tolerance(), metrics, clock);
  }

  /**
   * @throws IllegalArgumentException saying what of these options can't be
   */
  void check(SourceOptions options) {
    source(options);
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

  /** The secrets of a source that count now, and when they were used. */
  public List<SecretUse> secrets(Source source) {
    return source.secrets().stream().map(secret -> history.of(source.name(), secret)).toList();
  }

  /** When any hub last accepted a request of the source; null for never. */
  public @Nullable Instant lastAcceptedAt(Source source) {
    return history.lastUsed(source.name());
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

  SourceRate rate(SourceOptions options) {
    return options.rate(settings.rate());
  }

  void accepted(Source source, NewEvent event, Receipt receipt) {
    metrics.accepted(source.name(), receipt.status());
    if (event.verifiedBy() != null && !source.name().equals(WarmUp.SOURCE)) {
      history.used(source.name(), event.verifiedBy());
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
    Left gone = left.get(path);
    return gone != null && !gone.isOver(System.nanoTime())
        || sources.values().stream().anyMatch(source -> source.path().equals(path));
  }

  /** A source whose route has stopped at this time of the machine. */
  private record Left(String source, long nanos) {
    boolean isOver(long now) {
      return now - nanos >= SWAP.toNanos();
    }
  }

  void routeFailed(Source source, Exception failure) {
    log.error("The route of source '{}' failed", source.name(), failure);
  }
}
