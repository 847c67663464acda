package dev.serai.event;

import dev.serai.event.ReplayEstimate.Count;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Counts what a replay would deliver, without doing anything. */
final class ReplayCount {

  private static final String CANCELLED_BY_TIMEOUT = "57014";

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Subscriptions subscriptions;

  ReplayCount(DataSource reads, Subscriptions subscriptions) {
    this.jdbc = JdbcClient.create(reads);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(reads));
    this.subscriptions = subscriptions;
  }

  /**
   * Counts, unless that takes longer than the patience.
   *
   * @param only the subscription it is for, or null for all that match
   */
  Optional<ReplayEstimate> count(
      ReplayFilter filter, @Nullable Subscription only, Instant now, Duration patience) {
    try {
      return Optional.ofNullable(
          transaction.execute(
              status -> {
                jdbc.sql("set local statement_timeout = " + patience.toMillis()).update();
                return count(filter, only, now);
              }));
    } catch (DataAccessException e) {
      if (e.getRootCause() instanceof SQLException sql
          && CANCELLED_BY_TIMEOUT.equals(sql.getSQLState())) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private ReplayEstimate count(ReplayFilter filter, @Nullable Subscription only, Instant now) {
    ReplayQuery query = ReplayQuery.of(filter, only);
    List<Kind> kinds =
        jdbc.sql(
                """
                select e.source, e.type, count(*) as events, min(e.received_at) as first,
                  max(e.received_at) as last
                from serai.event e where e.id > :begin and e.id < :end and %s group by 1, 2
                order by 1, 2
                """
                    .formatted(query.where()))
            .params(query.parameters())
            .param("begin", filter.begin())
            .param("end", filter.end(now))
            .query(
                (row, number) ->
                    new Kind(
                        row.getString("source"),
                        row.getString("type"),
                        row.getLong("events"),
                        Times.instant(row, "first"),
                        Times.instant(row, "last")))
            .list();
    List<Count> counts =
        query.isOfDeliveries() ? existing(filter, query, now) : matching(kinds, only);
    return new ReplayEstimate(
        kinds.stream().mapToLong(Kind::events).sum(),
        counts.stream().mapToLong(Count::deliveries).sum(),
        kinds.stream().map(Kind::first).min(Instant::compareTo).orElse(null),
        kinds.stream().map(Kind::last).max(Instant::compareTo).orElse(null),
        counts);
  }

  private List<Count> matching(List<Kind> kinds, @Nullable Subscription only) {
    SubscriptionMatch match = subscriptions.reload();
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (Kind kind : kinds) {
      for (Subscription subscription : match.subscriptions(kind.source, kind.type)) {
        if (only == null || only.id() == subscription.id()) {
          counts
              .computeIfAbsent(subscription.name(), name -> new TreeMap<>())
              .merge(kind.type, kind.events, Long::sum);
        }
      }
    }
    List<Count> list = new ArrayList<>();
    counts.forEach(
        (subscription, types) ->
            types.forEach((type, events) -> list.add(new Count(subscription, type, events))));
    return list;
  }

  private List<Count> existing(ReplayFilter filter, ReplayQuery query, Instant now) {
    return jdbc.sql(
            """
            select n.name, e.type, count(*) as deliveries
            from serai.event e join serai.delivery d on d.event_id = e.id
              join serai.subscription n on n.id = d.subscription_id
            where e.id > :begin and e.id < :end and %s and %s group by 1, 2 order by 1, 2
            """
                .formatted(query.where(), query.deliveries()))
        .params(query.parameters())
        .param("begin", filter.begin())
        .param("end", filter.end(now))
        .query(
            (row, number) ->
                new Count(row.getString("name"), row.getString("type"), row.getLong("deliveries")))
        .list();
  }

  private record Kind(String source, String type, long events, Instant first, Instant last) {}
}
