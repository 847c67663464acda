package dev.serai.event;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The day partitions of the event log, in UTC. */
final class Days {

  /** Made ahead, so that a database which is away at midnight finds its day made. */
  private static final int AHEAD = 3;

  /** Events of one day that are worth moving; with more of them the day is kept as it is. */
  private static final int MOST_KEPT = 10_000;

  private final JdbcClient jdbc;

  Days(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Makes the partitions of this day and the next ones. */
  void prepare(Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    for (int i = 0; i <= AHEAD; i++) {
      jdbc.sql("select serai.add_day(:day)")
          .param("day", today.plusDays(i))
          .query(Boolean.class)
          .single();
    }
  }

  /** The days that are wholly older than this, the oldest first. */
  List<LocalDate> before(Instant time) {
    return jdbc
        .sql(
            """
            select to_date(substr(c.relname, 7), 'YYYYMMDD') as day
            from pg_inherits i join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'serai.event'::regclass and c.relname ~ '^event_\\d{8}$'
            order by day
            """)
        .query(LocalDate.class)
        .list() // a stream would keep its connection
        .stream()
        .filter(day -> !end(day).isAfter(time))
        .toList();
  }

  /**
   * Drops a day whose finished deliveries are gone.
   *
   * @return false when too many of its events are still needed
   */
  boolean drop(LocalDate day) {
    return jdbc.sql("select serai.drop_day(:day, :mostKept)")
        .param("day", day)
        .param("mostKept", MOST_KEPT)
        .query(Boolean.class)
        .single();
  }

  static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  static Instant end(LocalDate day) {
    return begin(day.plusDays(1));
  }
}
