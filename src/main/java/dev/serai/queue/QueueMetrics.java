package dev.serai.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what happens to jobs. */
final class QueueMetrics {

  private final MeterRegistry registry;

  QueueMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(String queue, String outcome, int jobs) {
    if (jobs > 0) {
      Counter.builder("serai.queue.jobs")
          .description(
              "Jobs that were enqueued, handed out, completed, failed (to be repeated), dead or"
                  + " cleared, and answers that came too late (lost)")
          .tag("queue", queue)
          .tag("outcome", outcome)
          .register(registry)
          .increment(jobs);
    }
  }
}
