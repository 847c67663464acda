package dev.serai.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The hubs that run. A hub's lease is the lease of all that it has claimed: one row to extend
 * however much it handles, and a claim leaves the delivery's indexes alone.
 */
public final class Nodes {

  /**
   * How long a hub that is not heard of keeps its deliveries: with what it takes to notice, they
   * begin again within 15 s.
   */
  public static final Duration LEASE = Duration.ofSeconds(12);

  /**
   * How long after its lease a hub's deliveries are looked for a second time: a claim checks the
   * lease when it begins, and none takes this long.
   */
  private static final Duration LAST_CLAIMS = Duration.ofMinutes(1);

  private static final String GONE =
      "lease_until < :now and rescued_at is null or lease_until < :last";

  private static final String RESCUE =
      """
      with gone as (
        select id from serai.node where %s for update skip locked
      ), rescued as (
        update serai.delivery d set
          state = case when d.cancel then 'cancelled'
                       when d.attempts >= s.max_attempts then 'dead' else 'ready' end,
          open = not d.cancel and d.attempts < s.max_attempts,
          dead = not d.cancel and d.attempts >= s.max_attempts,
          cause = 'hub-lost', cancel = false,
          -- Spread, so that an event that kills its hub is not handled beside the same others again.
          due_at = :now + random() * least(d.attempts, 10) * interval '1 second',
          finished_at = case when d.cancel or d.attempts >= s.max_attempts then :now end
        from gone, serai.subscription s
        where d.open and d.state = 'running' and d.node = gone.id and s.id = d.subscription_id
        returning d.event_id, d.subscription_id, d.token, d.attempts, d.node, d.claimed_at, d.due_at,
          d.state
      ), failed as (
        insert into serai.attempt (event_id, subscription_id, token, attempt, node, started_at,
          ended_at, cause, detail, retry_at)
        select event_id, subscription_id, token, attempts, node, claimed_at, :now, 'hub-lost',
          'The hub that handled it ended or lost its database', case state when 'ready' then due_at end
        from rescued
      ), marked as (
        update serai.node n set rescued_at = :now from gone
        where n.id = gone.id and n.lease_until >= :last
      ), forgotten as (
        delete from serai.node n using gone where n.id = gone.id and n.lease_until < :last
      )
      select count(*) from rescued
      """
          .formatted(GONE);

  private final JdbcClient jdbc;
  private final Clock clock;

  Nodes(DataSource engine, Clock clock) {
    this.jdbc = JdbcClient.create(engine);
    this.clock = clock;
  }

  /** Makes this hub known and returns its number; a number is never used again. */
  public int register(String name, String version) {
    Instant now = clock.instant();
    return jdbc.sql(
            """
            insert into serai.node (name, version, started_at, lease_until)
            values (:name, :version, :now, :until) returning id
            """)
        .param("name", name)
        .param("version", version)
        .param("now", Times.utc(now))
        .param("until", Times.utc(now.plus(LEASE)))
        .query(Integer.class)
        .single();
  }

  /**
   * Extends the lease, also one that has ended while the database was away, if nobody has acted on
   * it.
   *
   * @return false when the hub's deliveries were taken over: it must register anew
   */
  public boolean extend(int node) {
    return jdbc.sql(
                "update serai.node set lease_until = :until where id = :id and rescued_at is null")
            .param("until", Times.utc(clock.instant().plus(LEASE)))
            .param("id", node)
            .update()
        == 1;
  }

  /** Those of a subscription's events whose running delivery somebody wants cancelled. */
  public List<UUID> cancelRequests(int subscriptionId, List<UUID> running) {
    return jdbc.sql(
            """
            select event_id from serai.delivery
            where event_id = any(:running) and subscription_id = :subscription
              and state = 'running' and cancel
            """)
        .param("running", running.toArray(UUID[]::new))
        .param("subscription", subscriptionId)
        .query(UUID.class)
        .list();
  }

  /** Gives back what this hub has claimed and not begun, without counting an attempt. */
  public void giveBack(int node, int subscriptionId, List<UUID> events) {
    jdbc.sql(
            """
            update serai.delivery set state = 'ready', attempts = attempts - 1
            where event_id = any(:events) and subscription_id = :subscription and node = :node
              and state = 'running'
            """)
        .param("events", events.toArray(UUID[]::new))
        .param("subscription", subscriptionId)
        .param("node", node)
        .update();
  }

  /** Takes over the deliveries of hubs whose lease has ended; returns how many. */
  public int rescue() {
    Instant now = clock.instant();
    OffsetDateTime last = Times.utc(now.minus(LAST_CLAIMS));
    // To look for their deliveries is to read all open ones: only when there is reason to.
    boolean someGone =
        jdbc.sql("select exists (select from serai.node where " + GONE + ")")
            .param("now", Times.utc(now))
            .param("last", last)
            .query(Boolean.class)
            .single();
    return someGone
        ? jdbc.sql(RESCUE)
            .param("now", Times.utc(now))
            .param("last", last)
            .query(Integer.class)
            .single()
        : 0;
  }

  /** Ends the lease of a hub that stops in order; what it still had is free at once. */
  public void leave(int node) {
    jdbc.sql("update serai.node set lease_until = :now where id = :id")
        .param("now", Times.utc(clock.instant()))
        .param("id", node)
        .update();
  }
}
