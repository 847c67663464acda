package dev.serai.event;

import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Skips what waits for a subscription, in steps, within the caller's transaction. */
final class Backlog {

  private static final String SKIP =
      """
      update serai.delivery set state = 'skipped', open = false, cause = 'skipped',
        result = :result, finished_at = :now
      where ctid = any(array(
        select ctid from serai.delivery d
        where d.open and d.subscription_id = :subscription and d.state = 'ready'
          and d.due_at < :dueBefore
        limit %s for update skip locked))
      """
          .formatted(AgedRows.STEP);

  private static final String COUNT =
      """
      select count(*) from serai.delivery d join serai.subscription s on s.id = d.subscription_id
      where d.open and s.name = :subscription and d.state = 'ready' and d.due_at < :dueBefore
      """;

  private final JdbcClient jdbc;
  private final Subscriptions subscriptions;

  Backlog(JdbcClient jdbc, Subscriptions subscriptions) {
    this.jdbc = jdbc;
    this.subscriptions = subscriptions;
  }

  ReplayPage skip(Replay replay, Instant dueBefore, Instant now) {
    String name = String.valueOf(replay.subscription());
    Subscription subscription =
        subscriptions
            .find(name)
            .orElseThrow(
                () -> new IllegalStateException("Subscription '%s' is gone".formatted(name)));
    RequestedBy by = new RequestedBy(replay.who(), replay.reason());
    int skipped =
        jdbc.sql(SKIP)
            .param("result", by.sentence("Skipped"))
            .param("now", Times.utc(now))
            .param("subscription", subscription.id())
            .param("dueBefore", Times.utc(dueBefore))
            .update();
    return new ReplayPage(
        replay.position(), skipped, List.of(), skipped, 0, skipped < AgedRows.STEP, null);
  }

  long count(String subscription, Instant dueBefore) {
    return jdbc.sql(COUNT)
        .param("subscription", subscription)
        .param("dueBefore", Times.utc(dueBefore))
        .query(Long.class)
        .single();
  }
}
