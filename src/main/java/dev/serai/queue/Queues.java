package dev.serai.queue;

import dev.serai.event.EventLog;
import dev.serai.event.NewDelivery;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.event.Subscription;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts jobs into queues. A queue is a subscription, a job an event of its type: what the engine
 * promises of deliveries it promises of jobs.
 */
public final class Queues {

  /** Who says that a job was enqueued over the API. */
  static final String SOURCE = "queue";

  private static final String PRIORITY =
      """
      update serai.delivery set priority = :priority
      where event_id = :event and subscription_id = any(:subscriptions)
      """;

  private final EventLog log;
  private final KnownQueues known;
  private final JdbcClient jdbc;
  private final JdbcTemplate connections;
  private final TransactionTemplate transaction;
  private final QueueSettings settings;
  private final QueueMetrics metrics;
  private final QueueSignals signals;
  private final Clock clock;

  Queues(
      EventLog log,
      KnownQueues known,
      JdbcTemplate connections,
      TransactionTemplate transaction,
      QueueSettings settings,
      QueueMetrics metrics,
      QueueSignals signals,
      Clock clock) {
    this.log = log;
    this.known = known;
    this.jdbc = JdbcClient.create(connections);
    this.connections = connections;
    this.transaction = transaction;
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
    NewEvent event = event(queue, job);
    Receipt receipt = job.priority() == 0 ? log.appendAndWait(event) : append(event, job);
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
        job.dueAt());
  }

  /** With the priority in the same transaction: nobody can claim it before it has one. */
  private Receipt append(NewEvent event, NewJob job) {
    List<NewDelivery> made = new ArrayList<>();
    Receipt receipt =
        Objects.requireNonNull(
            transaction.execute(
                status ->
                    connections.execute(
                        (Connection connection) -> {
                          Receipt appended = log.appendWithin(connection, event, made::addAll);
                          prioritise(made, job.priority());
                          return appended;
                        })));
    log.committed(made);
    return receipt;
  }

  private void prioritise(List<NewDelivery> made, int priority) {
    if (!made.isEmpty()) {
      jdbc.sql(PRIORITY)
          .param("priority", priority)
          .param("event", made.getFirst().eventId())
          .param(
              "subscriptions",
              made.stream().map(NewDelivery::subscriptionId).toArray(Integer[]::new))
          .update();
    }
  }

  /** Takes out of a queue all that waits, also for its time; returns how many. */
  public int clear(String queue, String because) {
    Subscription subscription = known.existing(queue);
    int cleared = new Clearing(jdbc, clock).run(subscription.id(), because);
    metrics.count(queue, "cleared", cleared);
    return cleared;
  }
}
