package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.Receipt;
import dev.serai.queue.JobRecords;
import dev.serai.queue.Jobs;
import dev.serai.queue.NewJob;
import dev.serai.queue.Queues;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The jobs of a queue, for whoever puts them there and asks what became of them. */
@RestController
@RequestMapping("/api/v1/queues/{name}/jobs")
class QueueJobsController {

  private static final long LONGEST_DELAY = 366L * 24 * 60 * 60;

  private final Queues queues;
  private final Jobs jobs;
  private final JobRecords records;
  private final ObjectMapper json;
  private final Clock clock;

  QueueJobsController(
      Queues queues, Jobs jobs, JobRecords records, ObjectMapper json, Clock clock) {
    this.queues = queues;
    this.jobs = jobs;
    this.records = records;
    this.json = json;
    this.clock = clock;
  }

  /**
   * Puts a job into a queue, which is made if there is none. It is on disk when this answers.
   *
   * @param name the queue: 1 to 64 lower-case letters, digits, {@code _} and {@code -}
   */
  @PostMapping
  Enqueued put(@PathVariable String name, @RequestBody Put job)
      throws IOException, InterruptedException {
    JsonNode data = job.data;
    if (data == null) {
      throw Problem.badRequest("'data' is missing");
    }
    Receipt receipt =
        queues.put(
            name,
            new NewJob(
                json.writeValueAsBytes(data),
                Objects.requireNonNullElse(job.priority, 0),
                due(job),
                job.key,
                job.workspace,
                job.subject));
    return new Enqueued(receipt.id(), name, receipt.status().name().toLowerCase(Locale.ROOT));
  }

  private @Nullable Instant due(Put job) {
    Long delay = job.delaySeconds;
    if (delay == null) {
      return job.at;
    }
    if (job.at != null) {
      throw Problem.badRequest("'delay_seconds' and 'at' can't both be given");
    }
    if (delay < 0 || delay > LONGEST_DELAY) {
      throw Problem.badRequest(
          "'delay_seconds' is %s; it must be 0 to %s".formatted(delay, LONGEST_DELAY));
    }
    return delay == 0 ? null : clock.instant().plusSeconds(delay);
  }

  /**
   * The record of a job.
   *
   * @param name the queue
   * @param id the job
   */
  @GetMapping("/{id}")
  JobView show(@PathVariable String name, @PathVariable String id) {
    return records
        .find(name, EventFilter.uuid("id", id))
        .map(job -> JobView.of(job, json))
        .orElseThrow(() -> Problem.notFound("job", id));
  }

  /**
   * Takes a job out of its queue: at once while it waits. The worker that has it is told when it
   * extends its lease; if it fails the job, the job is not tried again.
   *
   * @param name the queue
   * @param id the job
   */
  @DeleteMapping("/{id}")
  JobView cancel(@PathVariable String name, @PathVariable String id) {
    JobView before = show(name, id);
    if (!jobs.cancel(name, before.id())) {
      throw Problem.conflict("Job %s has ended already: %s".formatted(id, before.status()));
    }
    return show(name, id);
  }

  /**
   * A job to put into a queue.
   *
   * @param data its data, any JSON; 256 KB at most, if {@code serai.queues.data-limit} says nothing
   *     else
   * @param priority 0 to 9; a higher one is handed out first; 0, if missing
   * @param delaySeconds how long until it is handed out; 0, if missing
   * @param at when it is handed out, in place of a delay
   * @param key a second job of the queue with this key is not taken; any number, if missing
   * @param workspace the tenant it belongs to
   * @param subject what it is about
   */
  record Put(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable JsonNode data,
      @Nullable Integer priority,
      @Nullable Long delaySeconds,
      @Nullable Instant at,
      @Nullable String key,
      @Nullable String workspace,
      @Nullable String subject)
      implements Audited {

    @Override
    public Map<String, ?> auditParameters() {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("priority", priority);
      shown.put("key", key);
      return shown;
    }
  }

  /**
   * What became of a job that was put.
   *
   * @param id the job, or the one that has its key already
   * @param queue where it is
   * @param status accepted or duplicate; conflict, if one with other data has its key
   */
  record Enqueued(UUID id, String queue, String status) {}
}
