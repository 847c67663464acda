package dev.serai.event;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of subscriptions. */
final class SubscriptionRows {

  private static final String COLUMNS =
      "id, name, types, sources, filter, order_by, key_concurrency, on_dead, received, state";

  static final String SELECT = "select %s from serai.subscription ".formatted(COLUMNS);

  private static final String GIVE_KEYS =
      """
      update serai.delivery set order_key = '~' || event_id where ctid = any(array(
        select ctid from serai.delivery d
        where d.open and d.subscription_id = :id and d.order_key is null
        limit %s for update skip locked))
      """
          .formatted(AgedRows.STEP);

  private final JdbcClient jdbc;

  SubscriptionRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What waits from a time without an order gets keys of their own: it is searched for by key. */
  void giveKeys(int id) {
    int given;
    do {
      given = jdbc.sql(GIVE_KEYS).param("id", id).update();
    } while (given == AgedRows.STEP);
  }

  Subscription save(Declaration declared, OffsetDateTime now) {
    return jdbc.sql(
            """
            insert into serai.subscription as s
              (name, types, sources, filter, order_by, key_concurrency, on_dead, received, max_attempts,
               created_at, declared_at, changed_at)
            values (:name, :types, :sources, :filter, :orderBy, :keyConcurrency, :onDead,
              :received, :maxAttempts, :now, :now, :now)
            on conflict (name) do update set
              types = excluded.types, sources = excluded.sources, filter = excluded.filter,
              order_by = excluded.order_by, key_concurrency = excluded.key_concurrency,
              on_dead = excluded.on_dead, received = excluded.received, max_attempts = excluded.max_attempts,
              declared_at = excluded.declared_at, changed_at = excluded.changed_at,
              state = case s.state when 'retired' then 'active' else s.state end
            returning %s
            """
                .formatted(COLUMNS))
        .param("name", declared.name())
        .param("types", declared.types().toArray(String[]::new))
        .param("sources", declared.sources().toArray(String[]::new))
        .param("filter", declared.filter())
        .param("orderBy", declared.order().by())
        .param("keyConcurrency", declared.order().keyConcurrency())
        .param("onDead", declared.order().onDead().word())
        .param("received", declared.received())
        .param("maxAttempts", declared.maxAttempts())
        .param("now", now)
        .query(SubscriptionRows::read)
        .single();
  }

  static Subscription read(ResultSet row, int number) throws SQLException {
    return new Subscription(
        row.getInt("id"),
        row.getString("name"),
        texts(row.getArray("types")),
        texts(row.getArray("sources")),
        row.getString("filter"),
        new Ordering(
            row.getString("order_by"),
            row.getInt("key_concurrency"),
            Ordering.OnDead.of(row.getString("on_dead"))),
        row.getBoolean("received"),
        row.getString("state").equals("paused"));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }
}
