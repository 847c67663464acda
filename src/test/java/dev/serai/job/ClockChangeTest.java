package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens when the clock is put forward or back? All moments are UTC, worked out by hand. */
class ClockChangeTest {

  /**
   * Berlin: 29 March 2026 has no 02:00 to 03:00, and 25 October has it twice, from 00:00 UTC on.
   */
  @ParameterizedTest(name = "{0} gap={1} overlapHour={2} from {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 2 * * *      |      |        | 2026-03-28T00:00 | 03-28T01:30 03-29T01:00 03-30T00:30
          30 2 * * *      | skip |        | 2026-03-28T00:00 | 03-28T01:30 03-30T00:30 03-31T00:30
          0 2 * * *       |      |        | 2026-03-28T12:00 | 03-29T01:00 03-30T00:00
          0 3 * * *       |      |        | 2026-03-28T12:00 | 03-29T01:00 03-30T01:00
          0,30 2,3 * * *  |      |        | 2026-03-28T12:00 | 03-29T01:00 03-29T01:30 03-30T00:00
          0,30 2,3 * * *  | skip |        | 2026-03-28T12:00 | 03-29T01:00 03-29T01:30 03-30T00:00
          30 2,3 * * *    |      |        | 2026-03-28T12:00 | 03-29T01:00 03-29T01:30 03-30T00:30
          * * 2 * * *     |      |        | 2026-03-28T12:00 | 03-29T01:00 03-30T00:00
          30 2 29 3 *     |      |        | 2026-01-01T00:00 | 03-29T01:00
          30 2 * * *      |      |        | 2026-10-24T12:00 | 10-25T00:30 10-26T01:30
          30 2 * * *      |      | second | 2026-10-24T12:00 | 10-25T01:30 10-26T01:30
          30 2 * * *      |      | both   | 2026-10-24T12:00 | 10-25T00:30 10-25T01:30 10-26T01:30
          30 2 * * *      |      | second | 2026-10-25T00:30 | 10-25T01:30 10-26T01:30
          30 2 * * *      |      |        | 2026-10-25T01:15 | 10-26T01:30
          0 3 * * *       |      | both   | 2026-10-24T12:00 | 10-25T02:00 10-26T02:00
          0,30 1,2 * * *  |      |        | 2026-10-24T23:20 | 10-24T23:30 10-25T00:00 10-25T00:30 10-26T00:00
          0,30 1,2 * * *  |      | second | 2026-10-24T23:20 | 10-24T23:30 10-25T01:00 10-25T01:30 10-26T00:00
          0 * * * *       |      |        | 2026-03-28T23:30 | 03-29T00:00 03-29T01:00 03-29T02:00
          30 * * * *      |      |        | 2026-03-28T23:40 | 03-29T00:30 03-29T01:30 03-29T02:30
          0 */2 * * *     |      |        | 2026-03-28T22:30 | 03-28T23:00 03-29T01:00 03-29T02:00
          30 */2 * * *    |      |        | 2026-03-28T22:30 | 03-28T23:30 03-29T01:00 03-29T02:30
          30 */2 * * *    | skip |        | 2026-03-28T22:30 | 03-28T23:30 03-29T02:30 03-29T04:30
          0 */2 * * *     |      |        | 2026-10-24T21:30 | 10-24T22:00 10-25T00:00 10-25T01:00 10-25T03:00
          30 * * * *      |      | second | 2026-10-24T23:40 | 10-25T00:30 10-25T01:30 10-25T02:30
          """)
  void inBerlin(String cron, String gap, String overlapHour, String from, String slots) {
    check(cron, "Europe/Berlin", gap, overlapHour, from, slots);
  }

  /**
   * Lord Howe: 4 October 2026 has no 02:00 to 02:30 (15:30 UTC of the day before), and 5 April has
   * 01:30 to 02:00 twice, from 14:30 UTC of the day before.
   */
  @ParameterizedTest(name = "{0} gap={1} overlapHour={2} from {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0 2 * * *       |      |        | 2026-10-02T12:00 | 10-02T15:30 10-03T15:30 10-04T15:00
          15 2 * * *      |      |        | 2026-10-02T12:00 | 10-02T15:45 10-03T15:30 10-04T15:15
          15 2 * * *      | skip |        | 2026-10-02T12:00 | 10-02T15:45 10-04T15:15
          0,15,30 2 * * * |      |        | 2026-10-03T12:00 | 10-03T15:30 10-04T15:00 10-04T15:15
          0 * * * *       |      |        | 2026-10-03T14:00 | 10-03T14:30 10-03T15:30 10-03T16:00
          0 * * * *       | skip |        | 2026-10-03T14:00 | 10-03T14:30 10-03T16:00
          15 * * * *      |      |        | 2026-10-03T14:00 | 10-03T14:45 10-03T15:30 10-03T16:15
          45 * * * *      |      |        | 2026-10-03T14:00 | 10-03T14:15 10-03T15:15 10-03T15:45 10-03T16:45
          */30 * * * *    |      |        | 2026-10-03T14:40 | 10-03T15:00 10-03T15:30 10-03T16:00
          */15 * * * *    |      |        | 2026-10-03T15:10 | 10-03T15:15 10-03T15:30 10-03T15:45
          */20 * * * *    |      |        | 2026-10-03T15:00 | 10-03T15:10 10-03T15:30 10-03T15:40
          45 1 * * *      |      |        | 2026-04-04T12:00 | 04-04T14:45 04-05T15:15
          45 1 * * *      |      | second | 2026-04-04T12:00 | 04-04T15:15 04-05T15:15
          45 1 * * *      |      | both   | 2026-04-04T12:00 | 04-04T14:45 04-04T15:15 04-05T15:15
          0 2 * * *       |      |        | 2026-04-04T12:00 | 04-04T15:30 04-05T15:30
          0 * * * *       |      |        | 2026-04-04T13:30 | 04-04T14:00 04-04T15:30 04-04T16:30
          45 * * * *      |      |        | 2026-04-04T13:50 | 04-04T14:45 04-04T15:15 04-04T16:15
          */30 * * * *    |      |        | 2026-04-04T14:20 | 04-04T14:30 04-04T15:00 04-04T15:30
          """)
  void onLordHowe(String cron, String gap, String overlapHour, String from, String slots) {
    check(cron, "Australia/Lord_Howe", gap, overlapHour, from, slots);
  }

  /** The first of a month, midnight, and the day that Samoa left out when it changed sides. */
  @ParameterizedTest(name = "{0} {1} from {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          30 1 1 * *  | America/New_York    | 2026-10-02T00:00 | 11-01T05:30 12-01T06:30
          15 2 1 * *  | Australia/Lord_Howe | 2023-09-02T00:00 | 09-30T15:30 10-31T15:15
          45 1 1 * *  | Australia/Lord_Howe | 2018-03-02T00:00 | 03-31T14:45 04-30T15:15
          0 0 * * *   | Africa/Cairo        | 2024-04-25T12:00 | 04-25T22:00 04-26T21:00
          30 23 * * * | Africa/Cairo        | 2024-10-31T12:00 | 10-31T20:30 11-01T21:30
          0 0 1 11 *  | Africa/Cairo        | 2024-10-31T12:00 | 10-31T22:00
          0 12 * * *  | Pacific/Apia        | 2011-12-29T12:00 | 12-29T22:00 12-30T10:00 12-30T22:00
          0 * * * *   | Pacific/Apia        | 2011-12-30T08:30 | 12-30T09:00 12-30T10:00 12-30T11:00
          """)
  void onDaysOfTheirOwn(String cron, String zone, String from, String slots) {
    check(cron, zone, "", "", from, slots);
  }

  @Test
  void everySecondIsEverySecond() {
    Schedule schedule = schedule("* * * * * *", "Europe/Berlin", "", "");
    for (String day : List.of("2026-03-29", "2026-10-25")) {
      Instant midnight = Instant.parse(day + "T00:00:00Z");
      assertThat(schedule.between(midnight, midnight.plusSeconds(3 * 3600), Integer.MAX_VALUE))
          .hasSize(3 * 3600);
    }
  }

  private static void check(
      String cron, String zone, String gap, String overlapHour, String from, String slots) {
    String year = from.substring(0, 5);
    List<Instant> expected =
        Arrays.stream(slots.split(" ")).map(slot -> Instant.parse(year + slot + ":00Z")).toList();
    Schedule schedule =
        schedule(
            cron,
            zone,
            Objects.requireNonNullElse(gap, ""),
            Objects.requireNonNullElse(overlapHour, ""));
    assertThat(schedule.between(Instant.parse(from + ":00Z"), Schedule.END, expected.size()))
        .isEqualTo(expected);
  }

  private static Schedule schedule(String cron, String zone, String gap, String overlapHour) {
    return Objects.requireNonNull(Schedule.of(cron, zone, gap, overlapHour, "", ""));
  }
}
