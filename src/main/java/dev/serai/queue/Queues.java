package dev.serai.queue;

import dev.serai.event.EventLog;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.event.Subscription;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts jobs into queues. A queue is a subscription, a job an event of its type: what the engine
 * promises of deliveries it promises of jobs.
 */
public final class Queues {

  /** Who says that a job was enqueued over the API. */
  static final String SOURCE = "queue";

  private final EventLog log;
  private final KnownQueues known;
  private final JdbcClient jdbc;
  private final QueueSettings settings;
  private final QueueMetrics metrics;
  private final QueueSignals signals;
  private final Clock clock;

  Queues(
      EventLog log,
      KnownQueues known,
      JdbcClient jdbc,
      QueueSettings settings,
      QueueMetrics metrics,
      QueueSignals signals,
      Clock clock) {
    this.log = log;
    this.known = known;
    this.jdbc = jdbc;
    this.settings = settings;
    this.metrics = metrics;
    this.signals = signals;
    this.clock = clock;
  }

  /**
   * Puts a job into a queue, which is made if there is none; returns after the commit.
   *
   * @throws InvalidJobException naming the field
   */
  public Receipt put(String queue, NewJob job) throws InterruptedException {
    long most = settings.dataLimit().toBytes();
    if (job.data().length > most) {
      throw new InvalidJobException(
          "data", "has %s bytes; at most %s".formatted(job.data().length, most));
    }
    known.queue(queue);
    Receipt receipt = log.appendAndWait(event(queue, job));
    if (receipt.status() == Receipt.Status.ACCEPTED) {
      metrics.count(queue, "enqueued", 1);
      signals.signal(queue);
    }
    return receipt;
  }

  private NewEvent event(String queue, NewJob job) {
    String key = Objects.requireNonNullElseGet(job.key(), () -> UUID.randomUUID().toString());
    Instant now = clock.instant();
    return new NewEvent(
            SOURCE,
            QueueName.type(queue),
            queue + "/" + key,
            job.subject(),
            job.workspace(),
            now,
            "application/json",
            job.data(),
            null,
            null,
            null,
            0,
            job.dueAt())
        .withPriority(job.priority());
  }

  /** Takes out of a queue all that waits, also for its time; returns how many. */
  public int clear(String queue, String because) {
    Subscription subscription = known.existing(queue);
    int cleared = new Clearing(jdbc, clock).run(subscription.id(), because);
    metrics.count(queue, "cleared", cleared);
    return cleared;
  }
}
