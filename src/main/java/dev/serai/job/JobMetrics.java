package dev.serai.job;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What the clock of jobs has done. */
final class JobMetrics {

  private final MeterRegistry registry;
  private final Counter made;

  JobMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.made =
        Counter.builder("serai.job.runs")
            .description("Runs that this hub has made")
            .register(registry);
  }

  void made(int runs) {
    made.increment(runs);
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
