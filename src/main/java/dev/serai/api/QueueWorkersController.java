package dev.serai.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.queue.Dequeue;
import dev.serai.queue.Jobs;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What workers outside of the hubs say: each word about a job names its token, or gets 409. */
@RestController
@RequestMapping("/api/v1/queues/{name}")
class QueueWorkersController {

  private static final int LONGEST_RESULT = 32_000;
  private static final int LONGEST_ERROR = 4_000;
  private static final long LONGEST_DELAY = 366L * 24 * 60 * 60;
  private static final long USUAL_LEASE = 60;

  private final Dequeue dequeue;
  private final Jobs jobs;
  private final ObjectMapper json;

  QueueWorkersController(Dequeue dequeue, Jobs jobs, ObjectMapper json) {
    this.dequeue = dequeue;
    this.jobs = jobs;
    this.json = json;
  }

  /**
   * Takes jobs, the most urgent first, each under a lease. When a lease ends the job is handed out
   * again, or has failed if its attempts are used up.
   *
   * @param name the queue
   */
  @PostMapping("/dequeue")
  Taken dequeue(@PathVariable String name, @RequestBody Take take) throws InterruptedException {
    if (take.worker == null) {
      throw Problem.badRequest("'worker' is missing");
    }
    return new Taken(
        dequeue
            .take(
                name,
                take.worker,
                Duration.ofSeconds(
                    seconds(Objects.requireNonNullElse(take.leaseSeconds, USUAL_LEASE))),
                Objects.requireNonNullElse(take.max, 1),
                Duration.ofSeconds(seconds(Objects.requireNonNullElse(take.waitSeconds, 0L))))
            .stream()
            .map(job -> JobView.Leased.of(job, json))
            .toList());
  }

  /** Beyond this it is out of every range anyhow, and would be out of a duration's, too. */
  private static long seconds(long seconds) {
    return Math.clamp(seconds, -1, LONGEST_DELAY);
  }

  /**
   * The job is done.
   *
   * @param name the queue
   * @param id the job
   */
  @PostMapping("/jobs/{id}/complete")
  Ended complete(@PathVariable String name, @PathVariable String id, @RequestBody Complete complete)
      throws JsonProcessingException {
    JsonNode told = complete.result;
    String result = told == null || told.isNull() ? null : json.writeValueAsString(told);
    if (result != null && result.length() > LONGEST_RESULT) {
      throw Problem.badRequest(
          "'result' has %s characters; at most %s".formatted(result.length(), LONGEST_RESULT));
    }
    UUID job = EventFilter.uuid("id", id);
    jobs.complete(name, job, token(complete.token), result);
    return new Ended(job, "COMPLETED", null);
  }

  /**
   * The attempt has failed: the job is tried again later, or given up.
   *
   * @param name the queue
   * @param id the job
   */
  @PostMapping("/jobs/{id}/fail")
  Ended fail(@PathVariable String name, @PathVariable String id, @RequestBody Fail fail) {
    Long delay = fail.delaySeconds;
    if (delay != null && (delay < 0 || delay > LONGEST_DELAY)) {
      throw Problem.badRequest(
          "'delay_seconds' is %s; it must be 0 to %s".formatted(delay, LONGEST_DELAY));
    }
    String error = Objects.requireNonNullElse(fail.error, "The worker did not say why");
    if (error.length() > LONGEST_ERROR) {
      throw Problem.badRequest(
          "'error' has %s characters; at most %s".formatted(error.length(), LONGEST_ERROR));
    }
    UUID job = EventFilter.uuid("id", id);
    Instant again =
        jobs.fail(
            name,
            job,
            token(fail.token),
            error,
            !Boolean.FALSE.equals(fail.retry),
            delay == null ? null : Duration.ofSeconds(delay));
    return new Ended(job, again == null ? "FAILED" : "PENDING", again);
  }

  /**
   * The worker needs longer: its lease begins anew.
   *
   * @param name the queue
   * @param id the job
   */
  @PostMapping("/jobs/{id}/extend")
  Extended extend(@PathVariable String name, @PathVariable String id, @RequestBody Extend extend) {
    UUID job = EventFilter.uuid("id", id);
    long lease = seconds(Objects.requireNonNullElse(extend.leaseSeconds, USUAL_LEASE));
    Jobs.Extension extension =
        jobs.extend(name, job, token(extend.token), Duration.ofSeconds(lease));
    return new Extended(job, extension.leaseUntil(), extension.cancel());
  }

  private static int token(@Nullable Integer token) {
    if (token == null) {
      throw Problem.badRequest("'token' is missing");
    }
    return token;
  }

  /**
   * What a worker wants.
   *
   * @param worker who asks, as it calls itself: 1 to 128 characters
   * @param leaseSeconds how long it may have each job without a word, 1 to 43200; 60, if missing
   * @param max most jobs, 1 to 100; 1, if missing
   * @param waitSeconds how long it waits for the first one, 0 to 20; 0, if missing. One that waits
   *     while too many do is answered at once
   */
  record Take(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String worker,
      @Nullable Long leaseSeconds,
      @Nullable Integer max,
      @Nullable Long waitSeconds) {}

  /**
   * Jobs for a worker.
   *
   * @param jobs the most urgent first; none, if there are none
   */
  record Taken(List<JobView.Leased> jobs) {}

  /**
   * A job is done.
   *
   * @param token as it was given with the job
   * @param result what there is to tell, any JSON, 32,000 characters at most
   */
  record Complete(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable Integer token,
      @Nullable JsonNode result) {}

  /**
   * An attempt has failed.
   *
   * @param token as it was given with the job
   * @param error why, 4,000 characters at most
   * @param retry false when no further attempt would help; true, if missing
   * @param delaySeconds how long until the next attempt; as {@code serai.queues.backoff} says, if
   *     missing
   */
  record Fail(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable Integer token,
      @Nullable String error,
      @Nullable Boolean retry,
      @Nullable Long delaySeconds) {}

  /**
   * A worker needs longer.
   *
   * @param token as it was given with the job
   * @param leaseSeconds from now on, 1 to 43200; 60, if missing
   */
  record Extend(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable Integer token,
      @Nullable Long leaseSeconds) {}

  /**
   * What became of a job.
   *
   * @param id the job
   * @param status COMPLETED, FAILED, or PENDING when it is tried again
   * @param dueAt when it is tried again
   */
  record Ended(UUID id, String status, @Nullable Instant dueAt) {}

  /**
   * A longer lease.
   *
   * @param id the job
   * @param leaseUntil when the lease ends now
   * @param cancel true when somebody wants the job cancelled: the worker should fail it
   */
  record Extended(UUID id, Instant leaseUntil, boolean cancel) {}
}
