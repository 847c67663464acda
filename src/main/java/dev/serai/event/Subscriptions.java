package dev.serai.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The subscriptions as the tables know them; a change is seen by every append that begins after it.
 */
public final class Subscriptions {

  private static final Duration LOCK_PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOCK_AGAIN = Duration.ofMillis(500);

  private final JdbcClient jdbc;
  private final SubscriptionRows rows;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private volatile @Nullable SubscriptionMatch match;

  Subscriptions(DataSource engine, TransactionTemplate transaction, Clock clock) {
    this.jdbc = JdbcClient.create(engine);
    this.rows = new SubscriptionRows(jdbc);
    this.transaction = transaction;
    this.clock = clock;
  }

  /** Declares a subscription in any order. */
  public Subscription declare(
      String name, List<String> types, List<String> sources, int maxAttempts) {
    return declare(new Declaration(name, types, sources, null, Ordering.NONE, false, maxAttempts));
  }

  /**
   * Declares that this hub has the route: creates its subscription, or brings types, sources and
   * order up to date. A new subscription starts with the events appended from now on.
   */
  public Subscription declare(Declaration declared) {
    SubscriptionMatch.check(declared.name(), declared.types());
    Subscription subscription = declareRow(declared);
    if (declared.order().isSet()) {
      rows.giveKeys(subscription.id());
    }
    return subscription;
  }

  private Subscription declareRow(Declaration declared) {
    Optional<Subscription> known = find(declared.name());
    if (known.isPresent() && declared.isOf(known.get())) {
      jdbc.sql(
              """
              update serai.subscription set declared_at = :now, max_attempts = :maxAttempts
              where id = :id
              """)
          .param("now", now())
          .param("maxAttempts", declared.maxAttempts())
          .param("id", known.get().id())
          .update();
      return known.get();
    }
    return change(() -> rows.save(declared, now()));
  }

  /** Notes that this hub still has these subscriptions' routes. */
  public void touch(List<Integer> ids) {
    jdbc.sql("update serai.subscription set declared_at = :now where id = any(:ids)")
        .param("now", now())
        .param("ids", ids.toArray(Integer[]::new))
        .update();
  }

  /** Lets the deliveries of a subscription wait until it is resumed; events are still taken. */
  public boolean pause(String name, String reason) {
    return setState(name, "active", "paused", reason);
  }

  public boolean resume(String name) {
    return setState(name, "paused", "active", null);
  }

  private boolean setState(String name, String from, String to, @Nullable String reason) {
    return jdbc.sql(
                """
                update serai.subscription set state = :to, reason = :reason, changed_at = :now
                where name = :name and state = :from
                """)
            .param("to", to)
            .param("reason", reason)
            .param("now", now())
            .param("name", name)
            .param("from", from)
            .update()
        > 0;
  }

  public Optional<Subscription> find(String name) {
    return jdbc.sql(SubscriptionRows.SELECT + "where name = :name and state <> 'retired'")
        .param("name", name)
        .query(SubscriptionRows::read)
        .optional();
  }

  /** The paused ones among these. */
  public List<Integer> paused(List<Integer> ids) {
    return jdbc.sql("select id from serai.subscription where state = 'paused' and id = any(:ids)")
        .param("ids", ids.toArray(Integer[]::new))
        .query(Integer.class)
        .list();
  }

  /** The name of a subscription that appends match against. */
  public String name(int id) {
    return match().name(id);
  }

  /** What appends match against; read again once a version is found to be old. */
  SubscriptionMatch match() {
    SubscriptionMatch current = match;
    return current == null ? reload() : current;
  }

  SubscriptionMatch reload() {
    // The version first: if a change comes between the two reads, the list is newer than the
    // version claims, and the append that carries the version is refused and repeated.
    long version =
        jdbc.sql("select version from serai.subscription_version").query(Long.class).single();
    SubscriptionMatch loaded =
        new SubscriptionMatch(
            version,
            jdbc.sql(SubscriptionRows.SELECT + "where state <> 'retired'")
                .query(SubscriptionRows::read)
                .list());
    match = loaded;
    return loaded;
  }

  /**
   * Changes what events are matched against. The lock waits for the appends under way, which hold
   * the version they were matched with, and makes those that follow see the new one.
   *
   * <p>Appends queue behind a lock that waits, so it waits for a moment only, and tries again: a
   * handler's transaction that has appended holds the version until it ends.
   */
  <T> T change(Supplier<T> update) {
    Instant deadline = clock.instant().plus(LOCK_PATIENCE);
    while (true) {
      try {
        return Objects.requireNonNull(transaction.execute(status -> changeLocked(update)));
      } catch (DataAccessException e) {
        if (!LockTimeout.is(e) || clock.instant().isAfter(deadline)) {
          throw e;
        }
        LockSupport.parkNanos(LOCK_AGAIN.toNanos());
      }
    }
  }

  private <T> T changeLocked(Supplier<T> update) {
    jdbc.sql("set local lock_timeout = '100ms'").update();
    jdbc.sql("lock table serai.subscription_version in access exclusive mode").update();
    jdbc.sql("update serai.subscription_version set version = version + 1").update();
    return update.get();
  }

  private OffsetDateTime now() {
    return Times.utc(clock.instant());
  }
}
