package dev.serai.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Retires the subscriptions that no running hub has had a route for in a long time, so that events
 * don't pile up for nobody. Their waiting deliveries are cancelled; a route of the same name that
 * comes back takes the events from then on, and older ones by replay.
 */
final class Retirement {

  private static final Logger log = LoggerFactory.getLogger(Retirement.class);

  /** How long before, and then each hour, the log says so. */
  private static final Duration NOTICE = Duration.ofDays(1);

  private static final String CANCEL =
      """
      update serai.delivery set state = 'cancelled', open = false, cause = 'subscription-retired',
        finished_at = :now
      where ctid = any(array(
        select d.ctid from serai.delivery d join serai.subscription s on s.id = d.subscription_id
        where s.state = 'retired' and d.open and d.state = 'ready' limit %s))
      """
          .formatted(AgedRows.STEP);

  private final JdbcClient jdbc;
  private final Subscriptions subscriptions;

  Retirement(JdbcClient jdbc, Subscriptions subscriptions) {
    this.jdbc = jdbc;
    this.subscriptions = subscriptions;
  }

  void run(Instant now, Duration undeclared) {
    Instant before = now.minus(undeclared);
    if (!undeclaredSince(before).isEmpty()) {
      subscriptions
          .change(() -> retire(now, before))
          .forEach(
              name ->
                  log.warn(
                      "Subscription {} is retired: no running hub has had its route for {}",
                      name,
                      undeclared));
    }
    AgedRows.inSteps(() -> jdbc.sql(CANCEL).param("now", Times.utc(now)).update());
    undeclaredSince(before.plus(NOTICE))
        .forEach(
            name ->
                log.warn(
                    "Subscription {} will be retired soon, and its waiting deliveries cancelled: no"
                        + " running hub has its route",
                    name));
  }

  private List<String> undeclaredSince(Instant before) {
    return jdbc.sql(
            "select name from serai.subscription where state <> 'retired' and declared_at <"
                + " :before")
        .param("before", Times.utc(before))
        .query(String.class)
        .list();
  }

  private List<String> retire(Instant now, Instant before) {
    return jdbc.sql(
            """
            update serai.subscription set state = 'retired', changed_at = :now
            where state <> 'retired' and declared_at < :before returning name
            """)
        .param("now", Times.utc(now))
        .param("before", Times.utc(before))
        .query(String.class)
        .list();
  }
}
