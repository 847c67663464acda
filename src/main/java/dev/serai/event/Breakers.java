package dev.serai.event;

import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The breakers of subscriptions, one for all hubs. A change of state and the event that tells of it
 * are one transaction.
 */
public final class Breakers {

  private static final String OPEN =
      """
      update serai.breaker b set state = 'open', since = :now, opened = opened + 1, cause = :cause,
        detail = :detail, pause_millis = :pause, probe_at = :probeAt, probe_node = null,
        probe_until = null
      from serai.subscription s
      where b.subscription_id = :id and s.id = b.subscription_id and b.state = 'closed'
      returning s.name, b.opened, b.cause
      """;

  private static final String CLOSE =
      """
      update serai.breaker b set state = 'closed', since = :now, pause_millis = null,
        probe_at = null, probe_node = null, probe_until = null
      from serai.subscription s
      where s.id = b.subscription_id and b.state <> 'closed' and %s
      returning s.name, b.opened, b.cause
      """;

  private final JdbcClient jdbc;
  private final BreakerNews news;
  private final Clock clock;

  Breakers(DataSource engine, LogTransaction transaction, Clock clock) {
    this.jdbc = JdbcClient.create(engine);
    this.news = new BreakerNews(transaction);
    this.clock = clock;
  }

  /**
   * Says what spares the receiver of a subscription; a breaker that is open stays so.
   *
   * @param rate as the route says it, or null for none
   */
  public void declare(int subscriptionId, @Nullable String rate, boolean breaker) {
    jdbc.sql(
            """
            update serai.subscription set rate = :rate
            where id = :id and rate is distinct from :rate
            """)
        .param("rate", rate, Types.VARCHAR)
        .param("id", subscriptionId)
        .update();
    if (!breaker) {
      jdbc.sql("delete from serai.breaker where subscription_id = :id")
          .param("id", subscriptionId)
          .update();
      return;
    }
    jdbc.sql(
            """
            insert into serai.breaker (subscription_id, state, since)
            values (:id, 'closed', :now) on conflict do nothing
            """)
        .param("id", subscriptionId)
        .param("now", Times.utc(clock.instant()))
        .update();
  }

  /**
   * Lets the deliveries of a subscription wait.
   *
   * @param pause how long, until the first probe
   * @return whether it was closed before
   */
  public boolean open(int subscriptionId, String cause, String detail, Duration pause) {
    Instant now = clock.instant();
    return news.of(
        "breaker.opened",
        now,
        () ->
            jdbc.sql(OPEN)
                .param("now", Times.utc(now))
                .param("cause", cause)
                .param("detail", detail)
                .param("pause", pause.toMillis())
                .param("probeAt", Times.utc(now.plus(pause)))
                .param("id", subscriptionId)
                .query(BreakerNews.Told::of)
                .optional());
  }

  /** Lets deliveries go on, because somebody says so; returns whether they waited. */
  public boolean close(String subscription) {
    return close("s.name = :name", Map.of("name", subscription));
  }

  /** Lets deliveries go on, because this hub's probe succeeded. */
  public boolean close(int subscriptionId, int node) {
    return close(
        "s.id = :id and b.state = 'half-open' and b.probe_node = :node",
        Map.of("id", subscriptionId, "node", node));
  }

  private boolean close(String which, Map<String, Object> parameters) {
    Instant now = clock.instant();
    return news.of(
        "breaker.closed",
        now,
        () ->
            jdbc.sql(CLOSE.formatted(which))
                .params(parameters)
                .param("now", Times.utc(now))
                .query(BreakerNews.Told::of)
                .optional());
  }

  /**
   * Takes the one probe that is due.
   *
   * @param patience after which another hub may, if this one is not heard of
   */
  public boolean takeProbe(int subscriptionId, int node, Duration patience) {
    Instant now = clock.instant();
    return jdbc.sql(
                """
                update serai.breaker set state = 'half-open', probe_node = :node,
                  probe_until = :until
                where subscription_id = :id and (state = 'open' and probe_at <= :now
                  or state = 'half-open' and probe_until < :now)
                """)
            .param("node", node)
            .param("until", Times.utc(now.plus(patience)))
            .param("id", subscriptionId)
            .param("now", Times.utc(now))
            .update()
        > 0;
  }

  /** The probe told nothing; the next may follow at once. */
  public void giveProbeBack(int subscriptionId, int node) {
    jdbc.sql(
            """
            update serai.breaker set state = 'open', probe_node = null, probe_until = null
            where subscription_id = :id and state = 'half-open' and probe_node = :node
            """)
        .param("id", subscriptionId)
        .param("node", node)
        .update();
  }

  /** This hub's probe failed: the pause doubles, up to the longest. */
  public void reopen(int subscriptionId, int node, String cause, String detail, Duration longest) {
    jdbc.sql(
            """
            update serai.breaker set state = 'open', cause = :cause, detail = :detail,
              probe_node = null, probe_until = null,
              pause_millis = least(pause_millis * 2, :longest),
              probe_at = :now + least(pause_millis * 2, :longest) * interval '1 millisecond'
            where subscription_id = :id and state = 'half-open' and probe_node = :node
            """)
        .param("cause", cause)
        .param("detail", detail)
        .param("longest", longest.toMillis())
        .param("now", Times.utc(clock.instant()))
        .param("id", subscriptionId)
        .param("node", node)
        .update();
  }

  /** Those that are not closed. */
  public List<BreakerState> notClosed(List<Integer> subscriptionIds) {
    return jdbc.sql(
            """
            select subscription_id, opened, cause, pause_millis,
              case state when 'open' then probe_at else probe_until end as probe_at
            from serai.breaker where state <> 'closed' and subscription_id = any(:ids)
            """)
        .param("ids", subscriptionIds.toArray(Integer[]::new))
        .query(
            (row, number) ->
                new BreakerState(
                    row.getInt("subscription_id"),
                    row.getInt("opened"),
                    row.getString("cause"),
                    Duration.ofMillis(row.getLong("pause_millis")),
                    Times.instant(row, "probe_at")))
        .list();
  }
}
