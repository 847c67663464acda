package dev.serai.event;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Delivers single events again, whatever became of their deliveries. */
public final class Replays {

  private static final String EVENT =
      """
      select %s from serai.event e where e.id = :id
      -- Retention doesn't drop its day before its deliveries are there.
      for key share
      """
          .formatted(StoredEvent.COLUMNS);

  // Attempts begin anew; those before stay in their table, under their tokens.
  private static final String REPLAY =
      """
      insert into serai.delivery as d (event_id, subscription_id, due_at, order_key)
      values (:event, :subscription, :now, :orderKey)
      on conflict (event_id, subscription_id) do update set
        state = 'ready', open = true, dead = false, due_at = excluded.due_at, attempts = 0,
        replays = d.replays + 1, priority = 0, cause = null, result = null, finished_at = null,
        cancel = false
      where d.state <> 'running'
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Subscriptions subscriptions;
  private final EventLog log;
  private final EventIds ids;
  private final ReplayRows rows;

  Replays(DataSource engine, Clock clock, Subscriptions subscriptions, EventLog log, EventIds ids) {
    this.jdbc = JdbcClient.create(engine);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
    this.clock = clock;
    this.subscriptions = subscriptions;
    this.log = log;
    this.ids = ids;
    this.rows = new ReplayRows(jdbc);
  }

  /**
   * Delivers one event again.
   *
   * @param only the subscription to deliver it to, or null for all that match it
   * @return to whom it is delivered and to whom not, or empty when there is no such event
   * @throws SensitiveBodyException when the event has no body any more
   */
  public Optional<List<Replayed>> replay(UUID eventId, @Nullable String only, RequestedBy by) {
    List<NewDelivery> deliveries = new ArrayList<>();
    Optional<List<Replayed>> replayed =
        transaction.execute(
            status ->
                jdbc.sql(EVENT)
                    .param("id", eventId)
                    .query(StoredEvent::read)
                    .optional()
                    .map(event -> replay(event.notErased(), only, by, deliveries)));
    log.committed(deliveries);
    return Objects.requireNonNull(replayed);
  }

  private List<Replayed> replay(
      StoredEvent stored, @Nullable String only, RequestedBy by, List<NewDelivery> deliveries) {
    Instant now = clock.instant();
    List<Replayed> replayed = new ArrayList<>();
    for (Subscription subscription : subscriptions.reload().subscriptions(stored.event())) {
      if (only != null && !only.equals(subscription.name())) {
        continue;
      }
      String orderKey = stored.orderKey(subscription, jdbc);
      boolean ready =
          jdbc.sql(REPLAY)
                  .param("event", stored.id())
                  .param("subscription", subscription.id())
                  .param("now", Times.utc(now))
                  .param("orderKey", orderKey)
                  .update()
              > 0;
      replayed.add(new Replayed(subscription.name(), ready ? "ready" : "running"));
      if (ready) {
        deliveries.add(new NewDelivery(stored.id(), subscription.id(), now, orderKey));
      }
    }
    if (!replayed.isEmpty()) {
      rows.insert(record(stored.id(), only, by, replayed.size(), deliveries.size(), now));
    }
    return replayed;
  }

  /** What is kept of who did so. */
  private Replay record(
      UUID event, @Nullable String only, RequestedBy by, int wanted, int made, Instant now) {
    return new Replay(
        ids.next(),
        Replay.EVENT,
        "done",
        Map.of("event", event.toString()),
        only,
        1,
        1L,
        1,
        made,
        wanted - made,
        null,
        by.who(),
        by.reason(),
        now,
        now,
        null,
        null,
        null,
        event,
        event,
        now);
  }

  /**
   * One subscription of a replayed event.
   *
   * @param subscription its name
   * @param state {@code ready}: it will be delivered again; {@code running}: it is being handled
   *     now and was left alone
   */
  public record Replayed(String subscription, String state) {}
}
