package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which days and times does a cron expression mean? In UTC, where each of them is there once. */
class CronTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 2 1 * *        | 2026-01-15T00:00 | 2026-02-01T02:30 2026-03-01T02:30 2026-04-01T02:30
          0 30 2 1 * *      | 2026-01-15T00:00 | 2026-02-01T02:30 2026-03-01T02:30
          *  12  *  *  *    | 2026-01-15T12:58 | 2026-01-15T12:59 2026-01-16T12:00
          15,45 9-10 * * ?  | 2026-01-15T09:30 | 2026-01-15T09:45 2026-01-15T10:15 2026-01-15T10:45 2026-01-16T09:15
          20/15 8 * * *     | 2026-01-15T00:00 | 2026-01-15T08:20 2026-01-15T08:35 2026-01-15T08:50
          0 9 * * 1-5       | 2026-01-16T12:00 | 2026-01-19T09:00 2026-01-20T09:00
          0 9 * * MON-FRI   | 2026-01-16T12:00 | 2026-01-19T09:00 2026-01-20T09:00
          0 9 * * 0         | 2026-01-16T12:00 | 2026-01-18T09:00 2026-01-25T09:00
          0 9 * * 7         | 2026-01-16T12:00 | 2026-01-18T09:00 2026-01-25T09:00
          0 9 * * sat,sun   | 2026-01-16T12:00 | 2026-01-17T09:00 2026-01-18T09:00 2026-01-24T09:00
          0 9 13 * FRI      | 2026-01-01T00:00 | 2026-02-13T09:00 2026-03-13T09:00 2026-11-13T09:00
          0 0 L * *         | 2027-12-31T12:00 | 2028-01-31T00:00 2028-02-29T00:00 2028-03-31T00:00 2028-04-30T00:00
          0 0 L-3 * *       | 2026-01-29T00:00 | 2026-02-25T00:00 2026-03-28T00:00
          0 0 LW * *        | 2026-01-01T00:00 | 2026-01-30T00:00 2026-02-27T00:00 2026-03-31T00:00
          0 0 1W * *        | 2026-01-15T00:00 | 2026-02-02T00:00 2026-03-02T00:00 2026-04-01T00:00
          0 0 15W * *       | 2026-02-01T00:00 | 2026-02-16T00:00 2026-03-16T00:00 2026-04-15T00:00
          0 0 1,L * *       | 2026-02-15T00:00 | 2026-02-28T00:00 2026-03-01T00:00 2026-03-31T00:00
          0 0 * * FRIL      | 2026-01-01T00:00 | 2026-01-30T00:00 2026-02-27T00:00
          0 0 * * MON#1     | 2026-01-06T00:00 | 2026-02-02T00:00 2026-03-02T00:00
          0 0 * * 5#5       | 2026-01-31T00:00 | 2026-05-29T00:00 2026-07-31T00:00
          0 0 31 * *        | 2026-01-31T00:00 | 2026-03-31T00:00 2026-05-31T00:00 2026-07-31T00:00
          0 0 29 2 *        | 2026-01-01T00:00 | 2028-02-29T00:00 2032-02-29T00:00
          0 0 29 2 *        | 2095-01-01T00:00 | 2096-02-29T00:00 2104-02-29T00:00
          0 0 29 2 MON      | 2025-01-01T00:00 | 2044-02-29T00:00 2072-02-29T00:00 2112-02-29T00:00
          0 0 1 JAN *       | 2026-01-01T00:00 | 2027-01-01T00:00 2028-01-01T00:00
          0 0 1 */3 *       | 2026-01-01T00:00 | 2026-04-01T00:00 2026-07-01T00:00 2026-10-01T00:00 2027-01-01T00:00
          """)
  void theDaysOfTheCalendar(String cron, String from, String slots) {
    assertThat(
            Objects.requireNonNull(Schedule.of(cron, "", "", "", "", ""))
                .between(utc(from), Schedule.END, slots.split(" ").length))
        .isEqualTo(Arrays.stream(slots.split(" ")).map(CronTest::utc).toList());
  }

  @Test
  void seconds() {
    Schedule schedule = Objects.requireNonNull(Schedule.of("5/20 0 0 * * *", "", "", "", "", ""));
    assertThat(schedule.between(utc("2026-01-15T00:00"), utc("2026-01-16T00:01"), 100))
        .map(slot -> slot.toString().substring(8, 19))
        .containsExactly(
            "15T00:00:05",
            "15T00:00:25",
            "15T00:00:45",
            "16T00:00:05",
            "16T00:00:25",
            "16T00:00:45");
  }

  @Test
  void strictlyAfter() {
    Schedule schedule = Objects.requireNonNull(Schedule.of("0 0 * * *", "", "", "", "", ""));
    Instant midnight = utc("2026-01-15T00:00");
    assertThat(schedule.next(midnight.minusNanos(1))).contains(midnight);
    assertThat(schedule.next(midnight)).contains(utc("2026-01-16T00:00"));
    assertThat(schedule.next(midnight.plusNanos(1))).contains(utc("2026-01-16T00:00"));
  }

  private static Instant utc(String local) {
    return LocalDateTime.parse(local).toInstant(ZoneOffset.UTC);
  }
}
