package dev.serai.event;

import dev.serai.event.Deliveries.Finished;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Records the ends of a group of attempts in one statement; an old token changes nothing. */
final class FinishStatement {

  private static final String SQL =
      """
      with f as materialized (
        select event_id, subscription_id, token, attempt, state, cause, detail,
          'epoch'::timestamptz + retry_at * '1 microsecond'::interval as retry_at,
          'epoch'::timestamptz + started_at * '1 microsecond'::interval as started_at,
          'epoch'::timestamptz + ? * '1 microsecond'::interval as ended_at
        from unnest(?::text[]::uuid[], ?::int[], ?::int[], ?::int[], ?::text[], ?::text[],
          ?::text[], ?::bigint[], ?::bigint[])
          as f (event_id, subscription_id, token, attempt, state, cause, detail, retry_at,
                started_at)
      ), finished as (
        update serai.delivery d set
          state = f.state, cause = f.cause, cancel = false,
          due_at = coalesce(f.retry_at, d.due_at),
          finished_at = case when f.state = 'ready' then null else f.ended_at end
        from f
        where d.event_id = f.event_id and d.subscription_id = f.subscription_id
          and d.token = f.token and d.state = 'running'
        returning d.event_id, d.subscription_id, d.token, d.node, d.order_key, d.sequence
      ), failed as (
        insert into serai.attempt (event_id, subscription_id, token, attempt, node, started_at,
          ended_at, cause, detail, retry_at)
        select f.event_id, f.subscription_id, f.token, f.attempt, d.node, f.started_at, f.ended_at,
          f.cause, f.detail, f.retry_at
        from f join finished d using (event_id, subscription_id, token)
        where f.cause is not null
      )
      select event_id, subscription_id, case when order_key is not null then (
        select n.event_id from serai.delivery n
        where n.subscription_id = d.subscription_id and n.order_key = d.order_key and n.open
          and n.sequence > d.sequence order by n.sequence limit 1) end as next
      from finished d
      """;

  List<Finished> execute(Connection connection, List<Finish> group, Instant now)
      throws SQLException {
    Map<Row, Finished> recorded = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      var bind = new ArrayBinder(connection, statement);
      bind.time(now);
      bind.ids(group, finish -> finish.delivery().event().id());
      bind.numbers(group, finish -> finish.delivery().subscriptionId());
      bind.numbers(group, finish -> finish.delivery().token());
      bind.numbers(group, finish -> finish.delivery().attempt());
      bind.texts(group, Finish::state);
      bind.texts(group, Finish::cause);
      bind.texts(group, Finish::detail);
      bind.times(group, Finish::retryAt);
      bind.times(group, Finish::startedAt);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          recorded.put(
              new Row(row.getObject(1, UUID.class), row.getInt(2)),
              new Finished(true, row.getObject(3, UUID.class)));
        }
      }
    }
    return group.stream()
        .map(finish -> recorded.getOrDefault(Row.of(finish), new Finished(false, null)))
        .toList();
  }

  private record Row(UUID eventId, int subscriptionId) {
    static Row of(Finish finish) {
      return new Row(finish.delivery().event().id(), finish.delivery().subscriptionId());
    }
  }
}
