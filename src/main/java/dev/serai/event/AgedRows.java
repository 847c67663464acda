package dev.serai.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deletes rows by the age of their UUIDv7 in steps of at most 1,000, walking through time from the
 * oldest. A step looks at a slice of time that has about that many rows, so that none of them reads
 * over what the steps before have deleted.
 */
final class AgedRows {

  static final int STEP = 1_000;

  /** No row is older: the engine is younger than this. */
  static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private static final Duration FIRST_SLICE = Duration.ofDays(1);
  private static final Duration SHORTEST_SLICE = Duration.ofMillis(1);
  private static final Duration LONGEST_SLICE = Duration.ofDays(64);

  private final JdbcClient jdbc;

  AgedRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Deletes the rows of a span of time; returns how many there were. */
  long delete(Kind kind, Instant from, Instant until) throws InterruptedException {
    // An array and not a subquery: so the rows are fetched by their place whatever the planner
    // thinks.
    String sql =
        """
        delete from %1$s where ctid = any(array(
          select t.ctid from %1$s t where t.%2$s >= :from and t.%2$s < :until and %3$s limit %4$s))
        """
            .formatted(kind.table, kind.id, kind.condition, STEP);
    long deleted = 0;
    Duration slice = FIRST_SLICE;
    Instant at = from;
    while (at.isBefore(until)) {
      Instant end = at.plus(slice).isBefore(until) ? at.plus(slice) : until;
      long begin = System.nanoTime();
      int rows =
          jdbc.sql(sql)
              .params(kind.parameters)
              .param("from", EventIds.least(at))
              .param("until", EventIds.least(end))
              .update();
      deleted += rows;
      if (rows < STEP) {
        at = end;
      }
      slice = next(slice, rows);
      if (rows > 0) {
        // As much time for the others.
        TimeUnit.NANOSECONDS.sleep(System.nanoTime() - begin);
      }
    }
    return deleted;
  }

  /** Repeats a step until it finds fewer rows than it may take; returns how many there were. */
  static long inSteps(LongSupplier step) {
    long all = 0;
    long rows;
    do {
      rows = step.getAsLong();
      all += rows;
    } while (rows == STEP && !Thread.currentThread().isInterrupted());
    return all;
  }

  private static Duration next(Duration slice, int rows) {
    if (rows == STEP && slice.compareTo(SHORTEST_SLICE) > 0) {
      return slice.dividedBy(2);
    }
    return rows < STEP / 2 && slice.compareTo(LONGEST_SLICE) < 0 ? slice.multipliedBy(2) : slice;
  }

  /**
   * Which rows.
   *
   * @param table the table's name
   * @param id its column with the UUIDv7
   * @param condition in SQL that sees the table as {@code t}
   * @param parameters of the condition
   */
  record Kind(String table, String id, String condition, Map<String, Object> parameters) {
    Kind(String table, String id, String condition) {
      this(table, id, condition, Map.of());
    }
  }
}
