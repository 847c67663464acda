package dev.serai.webhook;

import dev.serai.event.Receipt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the door counts, per source. */
final class WebhookMetrics {

  static final String SOURCE = "source";

  private static final Duration[] BUCKETS =
      Stream.of(1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private static final Duration[] SKEWS =
      Stream.of(1, 2, 5, 10, 30, 60, 120, 300, 900)
          .map(Duration::ofSeconds)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<String, Counter> counters = new ConcurrentHashMap<>();
  private final Map<String, Timer> timers = new ConcurrentHashMap<>();

  WebhookMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void accepted(String source, Receipt.Status status) {
    counters
        .computeIfAbsent(
            source + status,
            key ->
                Counter.builder("serai.webhooks.accepted")
                    .description("Requests answered with 200, by what the append found")
                    .tag(SOURCE, source)
                    .tag("status", status.name().toLowerCase(Locale.ROOT))
                    .register(registry))
        .increment();
  }

  void refused(String source, Cause cause) {
    counters
        .computeIfAbsent(
            source + cause,
            key ->
                Counter.builder("serai.webhooks.refused")
                    .description("Requests refused at the door, by cause")
                    .tag(SOURCE, source)
                    .tag("cause", cause.code())
                    .register(registry))
        .increment();
  }

  void decided(String source, Decision decision) {
    String reason = decision.fallback() == null ? "none" : decision.fallback().code();
    counters
        .computeIfAbsent(
            source + "/" + decision.decidedBy() + reason,
            key ->
                Counter.builder("serai.webhooks.decisions")
                    .description("Decisions that senders waited for, by who made them and why")
                    .tag("source", source)
                    .tag("decided_by", decision.decidedBy())
                    .tag("reason", reason)
                    .register(registry))
        .increment();
  }

  void answered(String source, int status, long nanos) {
    timers
        .computeIfAbsent(
            source + status,
            key ->
                Timer.builder("serai.webhooks")
                    .description("From a request's first byte to its answer")
                    .tag(SOURCE, source)
                    .tag("status", Integer.toString(status))
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * @param age of a verified request by the time of its signing; negative, if that is to come
   */
  void skew(String source, Duration age) {
    String direction = age.isNegative() ? "ahead" : "behind";
    timers
        .computeIfAbsent(
            source + direction,
            key ->
                Timer.builder("serai.webhooks.skew")
                    .description("How far the sender's time of signing is from the hub's clock")
                    .tag(SOURCE, source)
                    .tag("direction", direction)
                    .serviceLevelObjectives(SKEWS)
                    .register(registry))
        .record(age.abs());
  }

  /** Takes a source's counts away. */
  void forget(String source) {
    registry.getMeters().stream()
        .filter(meter -> source.equals(meter.getId().getTag(SOURCE)))
        .forEach(registry::remove);
    counters.keySet().removeIf(key -> key.startsWith(source));
    timers.keySet().removeIf(key -> key.startsWith(source));
  }

  void bodies(BodyReader bodies) {
    Gauge.builder("serai.webhooks.bodies", bodies, BodyReader::taken)
        .description("Memory held by the bodies of requests under way")
        .baseUnit("bytes")
        .register(registry);
  }
}
