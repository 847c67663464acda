package dev.serai.catalogue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the check of events counts. Only types with a schema become labels. */
final class CheckMetrics {

  private final MeterRegistry registry;
  private final Counter unchecked;
  private final Map<String, Counter> verdicts = new ConcurrentHashMap<>();

  CheckMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.unchecked =
        Counter.builder("serai.events.unchecked")
            .description("Events whose type has no schema")
            .register(registry);
  }

  void unchecked() {
    unchecked.increment();
  }

  void checked(String type, String verdict) {
    verdicts
        .computeIfAbsent(
            verdict + type,
            key ->
                Counter.builder("serai.events.checked")
                    .description(
                        "Events checked against the schema of their type: valid, warned, refused")
                    .tag("type", type)
                    .tag("verdict", verdict)
                    .register(registry))
        .increment();
  }
}
