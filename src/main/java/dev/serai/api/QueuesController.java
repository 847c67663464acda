package dev.serai.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.queue.JobRecords;
import dev.serai.queue.QueueLength;
import dev.serai.queue.Queues;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Queues: how long they are, what is next in them, and emptying them. */
@RestController
@RequestMapping("/api/v1/queues")
class QueuesController {

  private static final int MOST_PEEKED = 100;

  private final Queues queues;
  private final JobRecords records;
  private final ObjectMapper json;

  QueuesController(Queues queues, JobRecords records, ObjectMapper json) {
    this.queues = queues;
    this.records = records;
    this.json = json;
  }

  /** Lists queues with their lengths, each number counted up to 10,000. */
  @GetMapping
  Listing list() {
    return new Listing(records.lengths().stream().map(View::of).toList());
  }

  /**
   * How long a queue is, each number counted up to 10,000.
   *
   * @param name the queue
   */
  @GetMapping("/{name}")
  View show(@PathVariable String name) {
    return View.of(records.length(name));
  }

  /**
   * The jobs that would be handed out next; they stay where they are.
   *
   * @param name the queue
   * @param limit most jobs, 1 to 100
   */
  @GetMapping("/{name}/peek")
  JobView.Listing peek(@PathVariable String name, @RequestParam(defaultValue = "10") int limit) {
    if (limit < 1 || limit > MOST_PEEKED) {
      throw Problem.badRequest(
          "Parameter 'limit' is '%s'; it must be 1 to %s".formatted(limit, MOST_PEEKED));
    }
    return new JobView.Listing(
        records.next(name, limit).stream().map(job -> JobView.of(job, json)).toList());
  }

  /**
   * Takes out all jobs that wait for a worker or for their time. What workers have goes on.
   *
   * @param name the queue
   * @param reason kept with each job
   */
  @DeleteMapping("/{name}/jobs")
  Cleared clear(
      @PathVariable String name, @RequestParam(required = false) @Nullable String reason) {
    return new Cleared(name, queues.clear(name, Caller.because(reason).sentence("Cleared")));
  }

  /**
   * The queues.
   *
   * @param queues by name
   */
  record Listing(List<View> queues) {}

  /**
   * What became of a clearing.
   *
   * @param queue the queue
   * @param cleared how many jobs were taken out
   */
  record Cleared(String queue, int cleared) {}

  /**
   * How long a queue is.
   *
   * @param name the queue
   * @param paused whether nothing is handed out: see subscriptions, where it is {@code queue-} and
   *     this name
   * @param maxAttempts how many attempts a job has
   * @param waiting jobs that a worker could have now
   * @param delayed jobs whose time has not come
   * @param processing jobs that workers have
   * @param failed jobs that were given up: dead letters of its subscription
   * @param oldestDueAt since when the one waits that waits longest
   */
  record View(
      String name,
      boolean paused,
      int maxAttempts,
      int waiting,
      int delayed,
      int processing,
      int failed,
      @Nullable Instant oldestDueAt) {

    private static View of(QueueLength length) {
      return new View(
          length.name(),
          length.paused(),
          length.maxAttempts(),
          length.waiting(),
          length.delayed(),
          length.processing(),
          length.failed(),
          length.oldestDueAt());
    }
  }
}
