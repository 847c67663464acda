package dev.serai.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Delivers events again, whatever became of their deliveries. */
public final class Replays {

  private static final String EVENT =
      """
      select source, type, key, subject, workspace, time, content_type, hops
      from serai.event where id = :id
      -- Retention doesn't drop its day before its deliveries are there.
      for key share
      """;

  // Attempts begin anew; those before stay in their table, under their tokens.
  private static final String REPLAY =
      """
      insert into serai.delivery as d (event_id, subscription_id, due_at, order_key)
      values (:event, :subscription, :now, :orderKey)
      on conflict (event_id, subscription_id) do update set
        state = 'ready', open = true, dead = false, due_at = excluded.due_at, attempts = 0,
        replays = d.replays + 1, cause = null, finished_at = null, cancel = false
      where d.state <> 'running'
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Subscriptions subscriptions;
  private final EventLog log;

  Replays(DataSource engine, Clock clock, Subscriptions subscriptions, EventLog log) {
    this.jdbc = JdbcClient.create(engine);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
    this.clock = clock;
    this.subscriptions = subscriptions;
    this.log = log;
  }

  /**
   * Delivers one event again.
   *
   * @param only the subscription to deliver it to, or null for all that match it
   * @return to whom it is delivered and to whom not, or empty when there is no such event
   */
  public Optional<List<Replayed>> replay(UUID eventId, @Nullable String only) {
    List<NewDelivery> deliveries = new ArrayList<>();
    Optional<List<Replayed>> replayed =
        transaction.execute(
            status ->
                jdbc.sql(EVENT)
                    .param("id", eventId)
                    .query(Replays::event)
                    .optional()
                    .map(event -> replay(eventId, event, only, deliveries)));
    log.committed(deliveries);
    return Objects.requireNonNull(replayed);
  }

  private List<Replayed> replay(
      UUID eventId, NewEvent event, @Nullable String only, List<NewDelivery> deliveries) {
    Instant now = clock.instant();
    List<Replayed> replayed = new ArrayList<>();
    for (Subscription subscription : subscriptions.reload().subscriptions(event)) {
      if (only != null && !only.equals(subscription.name())) {
        continue;
      }
      String orderKey = SubscriptionMatch.orderKey(subscription, event);
      boolean ready =
          jdbc.sql(REPLAY)
                  .param("event", eventId)
                  .param("subscription", subscription.id())
                  .param("now", Times.utc(now))
                  .param("orderKey", orderKey)
                  .update()
              > 0;
      replayed.add(new Replayed(subscription.name(), ready ? "ready" : "running"));
      if (ready) {
        deliveries.add(new NewDelivery(eventId, subscription.id(), now, orderKey));
      }
    }
    return replayed;
  }

  private static NewEvent event(ResultSet row, int number) throws SQLException {
    return new NewEvent(
        row.getString("source"),
        row.getString("type"),
        row.getString("key"),
        row.getString("subject"),
        row.getString("workspace"),
        Times.instant(row, "time"),
        row.getString("content_type"),
        new byte[0],
        null,
        null,
        null,
        row.getInt("hops"),
        null);
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
