package dev.serai.event;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Forgets whole days of events, and what was kept of days that are gone. */
final class OldDays {

  private static final Logger log = LoggerFactory.getLogger(OldDays.class);

  private static final AgedRows.Kind FINISHED =
      new AgedRows.Kind("serai.delivery", "event_id", "not t.open and not t.dead");
  private static final AgedRows.Kind ATTEMPTS_OF_NONE =
      new AgedRows.Kind(
          "serai.attempt",
          "event_id",
          """
          not exists (select from serai.delivery d
            where d.event_id = t.event_id and d.subscription_id = t.subscription_id)
          """);
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
        delete from serai.attempt a using gone where a.event_id = gone.id returning 1
      ), deliveries as (
        delete from serai.delivery d using gone where d.event_id = gone.id returning 1
      )
      select (select count(*) from gone) as events, (select count(*) from deliveries) as deliveries,
        (select count(*) from attempts) as attempts
      """
          .formatted(AgedRows.STEP);

  /** An hour of events is counted from the index, within the time that a statement may take. */
  private static final Duration COUNTED = Duration.ofHours(1);

  private final JdbcClient jdbc;
  private final Days days;
  private final AgedRows aged;

  OldDays(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.days = new Days(jdbc);
    this.aged = new AgedRows(jdbc);
  }

  /** The days that are wholly older than this, the oldest first. */
  List<LocalDate> before(Instant time) {
    return days.before(time);
  }

  Forgotten forget(LocalDate day) throws InterruptedException {
    Instant begin = Days.begin(day);
    Instant end = Days.end(day);
    Forgotten forgotten =
        new Forgotten()
            .add("deliveries", aged.delete(FINISHED, begin, end))
            .add("attempts", aged.delete(ATTEMPTS_OF_NONE, begin, end));
    long events = count(begin, end);
    try {
      if (days.drop(day)) {
        return forgotten.add("events", events - count(begin, end)).add("days dropped", 1);
      }
      log.warn("The events of {} stay: deliveries of very many of them are open or dead", day);
      return forgotten.leave("days whose deliveries are open or dead");
    } catch (DataAccessException e) {
      if (!LockTimeout.is(e)) {
        throw e;
      }
      return forgotten.leave("days in use, until the next run");
    }
  }

  private long count(Instant from, Instant until) {
    long count = 0;
    for (Instant at = from; at.isBefore(until); at = at.plus(COUNTED)) {
      count +=
          jdbc.sql("select count(*) from serai.event where id >= :from and id < :until")
              .param("from", EventIds.least(at))
              .param("until", EventIds.least(at.plus(COUNTED)))
              .query(Long.class)
              .single();
    }
    return count;
  }

  /** Events that were needed when their day was dropped, and are no more. */
  Forgotten forgetKept(Instant before) {
    UUID least = EventIds.least(before);
    Forgotten forgotten = new Forgotten();
    AgedRows.inSteps(
        () -> {
          long[] gone =
              jdbc.sql(FORGET_KEPT)
                  .param("before", least)
                  .query(
                      (row, number) -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3)})
                  .single();
          forgotten.add("events", gone[0]).add("deliveries", gone[1]).add("attempts", gone[2]);
          return gone[0];
        });
    return forgotten;
  }
}
