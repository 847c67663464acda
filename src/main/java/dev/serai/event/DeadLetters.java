package dev.serai.event;

import java.sql.Connection;
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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Repairs single deliveries that were given up. */
public final class DeadLetters {

  private static final String LETTER =
      """
      d.event_id = :event and d.dead and d.subscription_id = (
        select id from serai.subscription where name = :subscription and state <> 'retired')
      returning d.subscription_id, d.order_key
      """;

  private static final String RETRY =
      """
      update serai.delivery d set state = 'ready', open = true, dead = false, due_at = :now,
        attempts = 0, replays = replays + 1, priority = 0, cause = null, result = null,
        finished_at = null, cancel = false
      where
      """
          + LETTER;

  private static final String CLOSE =
      """
      update serai.delivery d set state = 'cancelled', dead = false, cause = :cause,
        result = :result, replaced_by = :replacedBy, finished_at = :now
      where
      """
          + LETTER;

  /** Where it was among those of its key, which may have been held up by it. */
  private static final String KEEP_PLACE =
      """
      update serai.delivery d set sequence = old.sequence from serai.delivery old
      where d.event_id = :event and d.subscription_id = :subscription
        and old.event_id = :old and old.subscription_id = :subscription
      """;

  private static final String EVENT =
      "select %s from serai.event e where e.id = :id for key share".formatted(StoredEvent.COLUMNS);

  private final JdbcClient jdbc;
  private final JdbcTemplate connections;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Subscriptions subscriptions;
  private final EventLog log;
  private final EventIds ids;
  private final SensitiveBodies bodies;
  private final AppendStatement append = new AppendStatement();

  DeadLetters(
      DataSource engine,
      Clock clock,
      Subscriptions subscriptions,
      EventLog log,
      EventIds ids,
      SensitiveBodies bodies) {
    this.jdbc = JdbcClient.create(engine);
    this.connections = new JdbcTemplate(engine);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
    this.clock = clock;
    this.subscriptions = subscriptions;
    this.log = log;
    this.ids = ids;
    this.bodies = bodies;
  }

  /**
   * Tries one again, with all its attempts; says whether there is such a dead letter.
   *
   * @throws SensitiveBodyException when the event has no body any more
   */
  public boolean retry(UUID event, String subscription) {
    Instant now = clock.instant();
    Optional<NewDelivery> made =
        Objects.requireNonNull(
            transaction.execute(
                status ->
                    stored(event)
                        .map(StoredEvent::notErased)
                        .flatMap(stored -> letter(jdbc.sql(RETRY), event, subscription, now))));
    log.committed(made.stream().toList());
    return made.isPresent();
  }

  /** Takes one from the dead letters for good; says whether there was such a one. */
  public boolean discard(UUID event, String subscription, RequestedBy by) {
    JdbcClient.StatementSpec close =
        jdbc.sql(CLOSE)
            .param("cause", "discarded")
            .param("result", by.sentence("Discarded"))
            .param("replacedBy", null);
    return letter(close, event, subscription, clock.instant()).isPresent();
  }

  /**
   * Delivers another body in place of one: as a new event, of the same type and source, to this
   * subscription alone.
   *
   * @return the new event, or empty when there is no such dead letter
   */
  public Optional<UUID> edit(UUID event, String subscription, byte[] body, RequestedBy by) {
    List<NewDelivery> made = new ArrayList<>();
    Optional<UUID> edited =
        Objects.requireNonNull(
            transaction.execute(
                status ->
                    stored(event).flatMap(stored -> edit(stored, subscription, body, by, made))));
    log.committed(made);
    return edited;
  }

  private Optional<UUID> edit(
      StoredEvent stored,
      String subscription,
      byte[] body,
      RequestedBy by,
      List<NewDelivery> made) {
    Instant now = clock.instant();
    UUID id = ids.next();
    JdbcClient.StatementSpec close =
        jdbc.sql(CLOSE)
            .param("cause", "replaced")
            .param("result", by.sentence("Edited"))
            .param("replacedBy", id);
    return letter(close, stored.id(), subscription, now)
        .map(
            letter -> {
              NewEvent event =
                  stored.edited(
                      "%s/edited/%s".formatted(stored.id(), id), body, "edited by " + by.who());
              log.requireFit(event);
              AppendRow row = AppendRow.of(id, event, bodies);
              NewDelivery delivery =
                  new NewDelivery(id, letter.subscriptionId(), now, letter.orderKey());
              connections.execute(
                  (Connection connection) -> append(connection, row, delivery, now));
              jdbc.sql(KEEP_PLACE)
                  .param("event", id)
                  .param("old", stored.id())
                  .param("subscription", letter.subscriptionId())
                  .update();
              made.add(delivery);
              return id;
            });
  }

  private @Nullable Void append(
      Connection connection, AppendRow row, NewDelivery delivery, Instant now) throws SQLException {
    SubscriptionMatch match = subscriptions.reload();
    while (append.execute(connection, List.of(row), List.of(delivery), now, match) == null) {
      match = subscriptions.reload();
    }
    return null;
  }

  private Optional<StoredEvent> stored(UUID event) {
    return jdbc.sql(EVENT).param("id", event).query(StoredEvent::read).optional();
  }

  private static Optional<NewDelivery> letter(
      JdbcClient.StatementSpec change, UUID event, String subscription, Instant now) {
    return change
        .param("event", event)
        .param("subscription", subscription)
        .param("now", Times.utc(now))
        .query(
            (row, number) ->
                new NewDelivery(
                    event, row.getInt("subscription_id"), now, row.getString("order_key")))
        .optional();
  }
}
