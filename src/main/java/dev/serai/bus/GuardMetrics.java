package dev.serai.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** What holds deliveries back, and for how long. */
final class GuardMetrics {

  private static final String SUBSCRIPTION = "subscription";
  private static final double MILLIS_PER_SECOND = 1_000;

  private final MeterRegistry registry;
  private final Map<String, Counter> held = new ConcurrentHashMap<>();

  GuardMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** This hub has claimed nothing for so long. */
  void held(String subscription, String by, Duration time) {
    held.computeIfAbsent(
            subscription + " " + by,
            key ->
                Counter.builder("serai.delivery.held")
                    .description("How long hubs claimed nothing because of a rate or a breaker")
                    .baseUnit("seconds")
                    .tag(SUBSCRIPTION, subscription)
                    .tag("by", by)
                    .register(registry))
        .increment(time.toMillis() / MILLIS_PER_SECOND);
  }

  /** This hub has opened the breaker of a subscription. */
  void opened(String subscription) {
    Counter.builder("serai.breaker.opened")
        .description("How many times breakers have opened, each counted by one hub")
        .tag(SUBSCRIPTION, subscription)
        .register(registry)
        .increment();
  }

  /** Shows whether a breaker is open until its gauge is removed. */
  Gauge watch(String subscription, BooleanSupplier open) {
    return Gauge.builder("serai.breaker.open", open, state -> state.getAsBoolean() ? 1 : 0)
        .description("1 while deliveries wait because their receiver is down, else 0")
        .tag(SUBSCRIPTION, subscription)
        .strongReference(true)
        .register(registry);
  }

  void remove(Gauge gauge) {
    registry.remove(gauge);
  }
}
