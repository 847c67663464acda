package dev.serai.event;

import dev.serai.event.AgedRows.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes room: what is older than its retention goes, in small steps. Several hubs may do so at the
 * same time; what one has deleted the other doesn't find.
 */
final class Retention {

  private static final Logger log = LoggerFactory.getLogger(Retention.class);

  private static final Kind FINISHED =
      new Kind("serai.delivery", "event_id", "not t.open and not t.dead");
  private static final Kind ATTEMPTS_OF_NONE =
      new Kind(
          "serai.attempt",
          "event_id",
          """
          not exists (select from serai.delivery d
            where d.event_id = t.event_id and d.subscription_id = t.subscription_id)
          """);
  private static final Kind REFUSALS = new Kind("serai.refusal", "id", "true");
  private static final Kind AUDIT = new Kind("serai.audit", "id", "true");
  private static final String FORGET_DEAD =
      """
      update serai.delivery set dead = false where ctid = any(array(
        select ctid from serai.delivery where dead and finished_at < :before limit %s))
      """
          .formatted(AgedRows.STEP);
  private static final String FORGET_KEPT =
      """
      with gone as (
        delete from serai.event_kept e where ctid = any(array(
          select k.ctid from serai.event_kept k
          where k.id < :before and not exists (
            select from serai.delivery d where d.event_id = k.id and (d.open or d.dead))
          limit %s))
        returning e.id
      ), attempts as (
        delete from serai.attempt a using gone where a.event_id = gone.id
      ), deliveries as (
        delete from serai.delivery d using gone where d.event_id = gone.id
      )
      select count(*) from gone
      """
          .formatted(AgedRows.STEP);

  private final JdbcClient jdbc;
  private final Days days;
  private final AgedRows aged;
  private final Retirement retirement;
  private final RetentionSettings settings;
  private final Clock clock;

  Retention(JdbcClient jdbc, Subscriptions subscriptions, RetentionSettings settings, Clock clock) {
    this.jdbc = jdbc;
    this.days = new Days(jdbc);
    this.aged = new AgedRows(jdbc);
    this.retirement = new Retirement(jdbc, subscriptions);
    this.settings = settings;
    this.clock = clock;
    days.prepare(clock.instant());
  }

  void run() throws InterruptedException {
    Instant now = clock.instant();
    days.prepare(now);
    retirement.run(now, settings.undeclared());
    forgetDeadLetters(now.minus(settings.deadLetters()));
    Instant unneeded = unneeded(now.minus(settings.events()));
    for (LocalDate day : days.before(unneeded)) {
      forget(day);
    }
    forgetKept(unneeded);
    forgetKeys(now);
    report("refusals", aged.delete(REFUSALS, AgedRows.BEGINNING, now.minus(settings.refusals())));
    report(
        "calls in the audit log",
        aged.delete(AUDIT, AgedRows.BEGINNING, now.minus(settings.audit())));
  }

  /** A replay that runs keeps what it has not looked at yet. */
  private Instant unneeded(Instant before) {
    return jdbc.sql(
            """
            select id from serai.event e where id > (
              select position from serai.replay
              where state = 'running' and kind = 'events' and position < :before
              order by position limit 1)
            order by id limit 1
            """)
        .param("before", EventIds.least(before))
        .query(UUID.class)
        .optional()
        .map(first -> Instant.ofEpochMilli(first.getMostSignificantBits() >>> 16))
        .filter(needed -> needed.isBefore(before))
        .orElse(before);
  }

  /** A dead letter that is forgotten is an event that nothing needs; its row goes with its day. */
  private void forgetDeadLetters(Instant before) {
    long forgotten =
        AgedRows.inSteps(() -> jdbc.sql(FORGET_DEAD).param("before", Times.utc(before)).update());
    if (forgotten > 0) {
      log.warn("{} dead letters from before {} are forgotten", forgotten, before);
    }
  }

  private void forget(LocalDate day) throws InterruptedException {
    Instant begin = Days.begin(day);
    Instant end = Days.end(day);
    long deliveries = aged.delete(FINISHED, begin, end);
    aged.delete(ATTEMPTS_OF_NONE, begin, end);
    try {
      if (days.drop(day)) {
        log.info("The events of {} and {} deliveries are forgotten", day, deliveries);
      } else {
        log.warn("The events of {} stay: deliveries of very many of them are open or dead", day);
      }
    } catch (DataAccessException e) {
      if (!LockTimeout.is(e)) {
        throw e;
      }
      log.info("The events of {} are in use; they are left for the next hour", day);
    }
  }

  private void forgetKept(Instant before) {
    UUID least = EventIds.least(before);
    report(
        "events kept beyond their day",
        AgedRows.inSteps(
            () -> jdbc.sql(FORGET_KEPT).param("before", least).query(Long.class).single()));
  }

  private void forgetKeys(Instant now) throws InterruptedException {
    Map<String, Duration> special = settings.keysBySource();
    long keys =
        forgetKeys("t.source <> all(:sources)", special.keySet(), now.minus(settings.keys()));
    for (Map.Entry<String, Duration> source : special.entrySet()) {
      Instant before = now.minus(source.getValue());
      keys += forgetKeys("t.source = any(:sources)", Set.of(source.getKey()), before);
    }
    report("dedupe keys", keys);
  }

  private long forgetKeys(String condition, Set<String> sources, Instant before)
      throws InterruptedException {
    Map<String, Object> parameters = Map.of("sources", sources.toArray(String[]::new));
    return aged.delete(
        new Kind("serai.event_key", "event_id", condition, parameters), AgedRows.BEGINNING, before);
  }

  private static void report(String what, long count) {
    if (count > 0) {
      log.info("{} {} are forgotten", count, what);
    }
  }
}
