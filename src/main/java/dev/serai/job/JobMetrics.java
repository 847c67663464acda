package dev.serai.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/** What the clock of jobs has done. */
final class JobMetrics {

  private final MeterRegistry registry;
  private final Counter made;
  private final MultiGauge alerts;

  JobMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.made =
        Counter.builder("serai.job.runs")
            .description("Runs that this hub has made")
            .register(registry);
    this.alerts =
        MultiGauge.builder("serai.job.alert")
            .description("1 while an alert of a job lasts, the same on every hub")
            .register(registry);
  }

  /** The alerts that last. */
  void alerts(List<OpenAlert> open) {
    alerts.register(
        open.stream()
            .map(
                alert ->
                    MultiGauge.Row.of(
                        Tags.of("job", alert.job(), "cause", alert.cause().word()), 1))
            .toList(),
        true);
  }

  void made(int runs) {
    made.increment(runs);
  }

  /** A monitor has taken a ping, or has not. */
  void pinged(String job, boolean taken) {
    Counter.builder("serai.job.pings")
        .description("Pings to monitors of jobs")
        .tag("job", job)
        .tag("outcome", taken ? "taken" : "failed")
        .register(registry)
        .increment();
  }

  /** Slots of a job that no hub was there for and that are not caught up. */
  void missed(String job, int slots) {
    if (slots > 0) {
      Counter.builder("serai.job.missed")
          .description("Slots that no hub was there for and that are not caught up")
          .tag("job", job)
          .register(registry)
          .increment(slots);
    }
  }
}
