package dev.serai.bus;

import dev.serai.event.Finish;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the bus counts, per subscription. */
final class BusMetrics {

  private static final Duration[] BUCKETS =
      Stream.of(1, 5, 10, 20, 50, 100, 250, 500, 1_000, 5_000, 30_000, 300_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<String, Timer> attempts = new ConcurrentHashMap<>();
  private final Map<String, Timer> lags = new ConcurrentHashMap<>();
  private final Map<String, Counter> ends = new ConcurrentHashMap<>();

  BusMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A handler has returned or thrown. */
  void attempted(String subscription, long nanos, boolean success) {
    attempts
        .computeIfAbsent(
            subscription + success,
            key ->
                Timer.builder("serai.attempts")
                    .description("How long handlers took")
                    .tag("subscription", subscription)
                    .tag("outcome", success ? "success" : "failure")
                    .serviceLevelObjectives(BUCKETS)
                    .register(registry))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  /** The end of an attempt was recorded, or refused because its token was old. */
  void finished(String subscription, Finish finish, boolean recorded) {
    String state = recorded ? finish.state() : "lost";
    ends.computeIfAbsent(
            subscription + state,
            key ->
                Counter.builder("serai.deliveries")
                    .description(
                        "Recorded ends of attempts: done, ready (to be repeated), dead, cancelled,"
                            + " skipped, or lost to another hub")
                    .tag("subscription", subscription)
                    .tag("state", state)
                    .register(registry))
        .increment();
    if (state.equals("done")) {
      lag(subscription)
          .record(Duration.between(finish.delivery().event().receivedAt(), finish.startedAt()));
    }
  }

  private Timer lag(String subscription) {
    return lags.computeIfAbsent(
        subscription,
        key ->
            Timer.builder("serai.delivery.lag")
                .description(
                    "From the receipt of an event to the beginning of the attempt that was done")
                .tag("subscription", subscription)
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
  }
}
