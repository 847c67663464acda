package dev.serai.webhook;

import dev.serai.event.ErrorTypes;
import dev.serai.event.EventLog;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.trace.Tracing;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** The sources whose routes run, and what all of them share: limits, refusals, metrics. */
public final class Door {

  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private final WebhookSettings settings;
  private final SourceSecrets secrets;
  private final Refusals refusals;
  private final WebhookMetrics metrics;
  private final SourceGauges gauges;
  private final SecretHistory history;
  private final BodyReader bodies;
  private final Senders senders;
  private final SourceFactory factory;
  private final EventLog events;
  private final ClusterRate clusterRate;
  private final ReceiveHops hops;
  private final String servletName = "door-" + UUID.randomUUID();
  private final StoppedSources stopped = new StoppedSources();
  private final Map<String, Source> sources = new ConcurrentSkipListMap<>();

  private volatile boolean started;

  Door(
      WebhookSettings settings,
      SourceSecrets secrets,
      Refusals refusals,
      WebhookMetrics metrics,
      SourceGauges gauges,
      SecretHistory history,
      EventLog events,
      ClusterRate clusterRate,
      Tracing tracing,
      SourceFactory factory) {
    this.settings = settings;
    this.secrets = secrets;
    this.refusals = refusals;
    this.metrics = metrics;
    this.gauges = gauges;
    this.history = history;
    this.events = events;
    this.clusterRate = clusterRate;
    this.hops = new ReceiveHops(tracing);
    this.factory = factory;
    this.bodies = new BodyReader(settings.inFlight().toBytes());
    this.senders = new Senders(settings.trustedProxies());
    metrics.bodies(bodies);
  }

  synchronized Source open(SourceOptions options) {
    Source source = factory.source(options);
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
    stopped.add(options.servletPath(), options.source);
    sources.remove(options.source);
    gauges.close(options.source);
  }

  @Scheduled(fixedDelay = 10_000)
  void forgetGone() {
    forgetGone(System.nanoTime());
  }

  /** Takes away what was counted of sources that are gone, and not just being replaced. */
  synchronized void forgetGone(long now) {
    stopped.gone(now).stream()
        .filter(source -> !sources.containsKey(source))
        .forEach(metrics::forget);
  }

  /**
   * @throws IllegalArgumentException saying what of these options can't be
   */
  void check(SourceOptions options) {
    // A source that refuses everything has nothing to encrypt.
    if (options.sensitive && secrets.isConfigured(options.source)) {
      events.requireKey();
    }
    factory.source(options);
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

  EventLog log() {
    return events;
  }

  ReceiveHops hops() {
    return hops;
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
    return options.rate(settings.rate(), settings.rateScope(), clusterRate);
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
    if (!started || isSwapped(path)) {
      metrics.refused("", Cause.NOT_RUNNING);
      return Reply.refused(
          new Verdict.Refused(
              Cause.NOT_RUNNING,
              started ? "The route of this path is being replaced" : "The hub is starting"));
    }
    metrics.refused("", Cause.NOT_FOUND);
    return Reply.refused(
        new Verdict.Refused(
            Cause.NOT_FOUND, "No source posts here; there are %s".formatted(sources.keySet())));
  }

  /** From here on a path without a source has none: the routes of the files are loaded. */
  void started() {
    started = true;
  }

  private boolean isSwapped(String path) {
    return stopped.isJustNow(path)
        || sources.values().stream().anyMatch(source -> source.path().equals(path));
  }

  void routeFailed(Source source, Exception failure) {
    if (source.options().sensitive) {
      log.error("The route of source '{}' failed: {}", source.name(), ErrorTypes.of(failure));
    } else {
      log.error("The route of source '{}' failed", source.name(), failure);
    }
  }
}
