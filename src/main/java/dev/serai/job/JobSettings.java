package dev.serai.job;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What jobs share, and who outside is told of their runs.
 *
 * @param queues the queues of jobs by name, as in {@code SERAI_JOBS_QUEUES_REPORTS_CONCURRENCY}
 * @param pings addresses of monitors of jobs, separated by commas: {@code heartbeat=https://...,
 *     invoices=https://...}. {@code {signal}} in one becomes {@code /start}, {@code /fail} or,
 *     after a run that was done, nothing; without it only such runs are told. They are secrets
 */
@Validated
@ConfigurationProperties("serai.jobs")
record JobSettings(
    @Valid @DefaultValue Map<String, Queue> queues, @DefaultValue List<String> pings) {

  JobSettings {
    queues = Map.copyOf(queues);
    pings = List.copyOf(pings);
  }

  /**
   * A queue of jobs.
   *
   * @param concurrency how many runs of its jobs may be handled at a time, over all hubs
   * @param perWorkspace how many of those may be for one workspace; as many as there are, if 0
   */
  record Queue(
      @DefaultValue("1") @Min(1) @Max(10_000) int concurrency,
      @DefaultValue("0") @Min(0) @Max(10_000) int perWorkspace) {}

  /**
   * @throws IllegalArgumentException when there is no such queue
   */
  Queue queue(String name) {
    Queue queue = queues.get(name);
    if (queue == null) {
      throw new IllegalArgumentException(
          "job: option 'queue' is '%s'; it must be one of serai.jobs.queues, which has %s"
              .formatted(
                  name, queues.isEmpty() ? "none" : queues.keySet().stream().sorted().toList()));
    }
    return queue;
  }
}
