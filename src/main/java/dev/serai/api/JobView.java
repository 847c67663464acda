package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serai.queue.Job;
import dev.serai.queue.LeasedJob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of a job.
 *
 * @param id the job; as an event it has the same
 * @param queue where it is
 * @param status PENDING, PROCESSING, COMPLETED, FAILED or, if it was taken out, CANCELLED
 * @param priority 0 to 9, the highest is handed out first
 * @param attempts how many attempts have begun
 * @param maxAttempts how many it may have
 * @param createdAt when it was put into the queue
 * @param dueAt it is not handed out before
 * @param startedAt when the last attempt began
 * @param completedAt when it ended for good
 * @param worker who has it at the moment
 * @param leaseUntil until when
 * @param workspace the tenant it belongs to
 * @param subject what it is about
 * @param data its data; missing if it is sensitive
 * @param result what its worker told when it was done
 * @param error why its last attempt failed, or it was taken out
 */
record JobView(
    UUID id,
    String queue,
    String status,
    int priority,
    int attempts,
    int maxAttempts,
    Instant createdAt,
    Instant dueAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable String worker,
    @Nullable Instant leaseUntil,
    @Nullable String workspace,
    @Nullable String subject,
    @Nullable JsonNode data,
    @Nullable JsonNode result,
    @Nullable Error error) {

  static JobView of(Job job, ObjectMapper json) {
    String cause = job.cause();
    return new JobView(
        job.id(),
        job.queue(),
        job.status().name(),
        job.priority(),
        job.attempts(),
        job.maxAttempts(),
        job.createdAt(),
        job.dueAt(),
        job.startedAt(),
        job.completedAt(),
        job.worker(),
        job.leaseUntil(),
        job.workspace(),
        job.subject(),
        job.data() == null ? null : read(job.data(), json),
        job.result() == null ? null : read(job.result().getBytes(StandardCharsets.UTF_8), json),
        cause == null ? null : new Error(cause, job.error()));
  }

  /** Data that a route put there may be no JSON: it is shown as text. */
  private static JsonNode read(byte[] data, ObjectMapper json) {
    try {
      return json.readTree(data);
    } catch (IOException e) {
      return TextNode.valueOf(new String(data, StandardCharsets.UTF_8));
    }
  }

  /**
   * Why a job's last attempt failed.
   *
   * @param cause a word for programs: {@code worker-failed}, {@code lease-ended}, {@code cleared},
   *     or what a route's attempt failed with
   * @param detail the same for people
   */
  record Error(String cause, @Nullable String detail) {}

  /**
   * Jobs.
   *
   * @param jobs the one that is handed out first, first
   */
  record Listing(List<JobView> jobs) {}

  /**
   * A job in a worker's hands.
   *
   * @param id the job
   * @param token to be named with every word about it
   * @param attempt 1 for the first
   * @param priority 0 to 9
   * @param createdAt when it was put into the queue
   * @param leaseUntil when another worker gets it, unless this one extends the lease or is done
   * @param workspace the tenant it belongs to
   * @param subject what it is about
   * @param data its data
   */
  record Leased(
      UUID id,
      int token,
      int attempt,
      int priority,
      Instant createdAt,
      Instant leaseUntil,
      @Nullable String workspace,
      @Nullable String subject,
      JsonNode data) {

    static Leased of(LeasedJob job, ObjectMapper json) {
      return new Leased(
          job.id(),
          job.token(),
          job.attempt(),
          job.priority(),
          job.createdAt(),
          job.leaseUntil(),
          job.workspace(),
          job.subject(),
          read(job.data(), json));
    }
  }
}
