package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which schedule do the options of a job mean, and which options mean none? */
class ScheduleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      emptyValue = "",
      textBlock =
          """
          30 2 * * *    | ''            | ''   | ''     | ''   | ''  | 30 2 * * *, UTC
           0  30 2 1 * *| Asia/Kolkata  | run  | first  | ''   | ''  | 0 30 2 1 * *, Asia/Kolkata
          30 2 * * *    | +05:30        | skip | second | ''   | ''  | 30 2 * * *, +05:30, gap skip, overlapHour second
          ''            | ''            | ''   | ''     | 90m  | ''  | every 1h30m
          ''            | ''            | run  | first  | 7d   | ''  | every 168h
          ''            | ''            | ''   | ''     | PT1S | ''  | every 1s
          ''            | ''            | ''   | ''     | ''   | 2027-01-31T09:00:00+05:30 | at 2027-01-31T03:30:00Z
          ''            | ''            | ''   | ''     | ''   | ''  | none
          """)
  void oneOfThreeOrNone(
      String cron, String zone, String gap, String overlap, String every, String at, String text) {
    Schedule schedule = Schedule.of(cron, zone, gap, overlap, every, at);
    assertThat(schedule == null ? null : schedule.text()).isEqualTo(text);
    assertThat(schedule).isEqualTo(Schedule.of(cron, zone, gap, overlap, every, at));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          30 2 * *          | 'cron' is '30 2 * *'; it must have 5 fields
          @daily            | 'cron' is '@daily'; it must have 5 fields
          0 0 0 1 1 * 2027  | 6 (second first), and has 7
          61 * * * *        | 'cron' is '61 * * * *'; its minute '61' must be 0-59
          0 24 * * *        | hour '24' must be 0-23
          60 0 0 * * *      | second '60' must be 0-59
          0 0 0 * *         | day of the month '0' must be 1-31
          0 0 32 * *        | day of the month '32'
          0 0 L-28 * *      | day of the month 'L-28'
          0 0 31W * *       | day of the month '31W'
          0 0 * 13 *        | month '13' must be 1-12 or JAN-DEC
          0 0 * JANUARY *   | month 'JANUARY'
          0 0 * * 8         | day of the week '8' must be 0-7 or MON-SUN
          0 0 * * MON#6     | day of the week 'MON#6'
          0 22-6 * * *      | hour '22-6' must be 0-23
          */90 * * * *      | minute '*/90' must be 0-59, alone, in lists (1,2), ranges (1-5) or steps up to 59
          */0 * * * *       | minute '*/0'
          1, * * * *        | minute '1,'
          five * * * *      | minute 'five'
          ? * * * *         | minute '?'
          -1 * * * *        | minute '-1'
          0 0 30 2 *        | 'cron' is '0 0 30 2 *', which never comes
          0 0 31 4,6,9,11 * | never comes
          0 0 30 2 MON      | never comes
          """)
  void crons(String cron, String problem) {
    refused(problem, cron, "Europe/Berlin", "", "", "", "");
  }

  /** Clocks are set forward on the last Sunday of March, at two. */
  @Test
  void aTimeThatEveryChangeOfTheClockLeavesOut() {
    String cron = "30 2 * 3 SUNL";
    assertThatThrownBy(() -> Schedule.of(cron, "Europe/Berlin", "skip", "", "", ""))
        .hasMessageContaining("'30 2 * 3 SUNL', which never comes in Europe/Berlin");
    assertThat(Schedule.of(cron, "Europe/Berlin", "run", "", "", "")).isNotNull();
    assertThat(Schedule.of(cron, "Asia/Kolkata", "skip", "", "", "")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          Mars/Phobos    | 'zone' is 'Mars/Phobos'; it must be a time zone such as Europe/Berlin or UTC
          asia/kolkata   | did you mean 'Asia/Kolkata'?
          Berlin         | did you mean 'Europe/Berlin'?
          Europe/Kolkata | did you mean 'Asia/Kolkata'?
          new york       | did you mean 'America/New_York'?
          +25:00         | 'zone' is '+25:00'
          """)
  void zones(String zone, String problem) {
    refused(problem, "0 2 * * *", zone, "", "", "", "");
  }

  @ParameterizedTest
  @CsvSource({
    "0, must be 1s to 366d", "999ms, must be 1s to 366d", "367d, must be 1s to 366d",
    "PT1.0005S, in whole milliseconds", "often, must be a time span", "-5m, must be a time span",
  })
  void intervals(String every, String problem) {
    refused("'every' is '" + every + "'", "", "", "", "", every, "");
    refused(problem, "", "", "", "", every, "");
  }

  @ParameterizedTest
  @CsvSource({
    "tomorrow",
    "2027-01-31",
    "2027-01-31T09:00:00",
    "2027-02-30T09:00:00Z",
    "1969-12-31T23:59:59Z",
    "2027-01-31T09:00:00.0001Z",
    "+12027-01-31T09:00:00Z",
  })
  void moments(String at) {
    refused("'at' is '" + at + "'; it must be a moment with its offset", "", "", "", "", "", at);
  }

  @Test
  void policies() {
    refused(
        "'gap' is 'run-later'; it must be run or skip", "0 2 * * *", "", "run-later", "", "", "");
    refused("'overlapHour' is 'last'; it must be", "0 2 * * *", "", "", "last", "", "");
    refused("'overlapHour' is 'First'; it must be", "", "", "", "First", "5m", "");
  }

  @Test
  void severalAtOnce() {
    refused("{cron=0 2 * * *, every=5m} are given", "0 2 * * *", "", "", "", "5m", "");
    refused("{every=5m, at=2027", "", "", "", "", "5m", "2027-01-31T09:00:00Z");
    refused("'zone' is 'UTC'; it is for 'cron' only", "", "UTC", "", "", "5m", "");
    refused("'zone' is 'UTC'; it is for 'cron' only", "", "UTC", "", "", "", "");
  }

  @Test
  void anIntervalIsCountedFromTheBeginningOf1970() {
    Schedule schedule = Objects.requireNonNull(Schedule.of("", "", "", "", "7m", ""));
    Instant some = Instant.parse("2026-11-21T10:00:00.5Z");
    Instant slot = schedule.next(some).orElseThrow();
    assertThat(slot.getEpochSecond() % 420).isZero();
    assertThat(schedule.between(some, some.plusSeconds(3600), 100))
        .hasSizeBetween(8, 9)
        .startsWith(slot, slot.plusSeconds(420));
    assertThat(schedule.next(slot)).contains(slot.plusSeconds(420));
    assertThat(schedule.next(Instant.MIN)).contains(Instant.EPOCH);
    assertThat(schedule.next(Instant.MAX)).isEmpty();
  }

  @Test
  void aMomentComesOnce() {
    Instant at = Instant.parse("2027-01-31T09:00:00Z");
    Schedule schedule = Objects.requireNonNull(Schedule.of("", "", "", "", "", at.toString()));
    assertThat(schedule.between(Instant.MIN, Instant.MAX, 10)).containsExactly(at);
    assertThat(schedule.next(at.minusNanos(1))).contains(at);
    assertThat(schedule.next(at)).isEmpty();
  }

  @Test
  void slotsOfARange() {
    Schedule schedule = Objects.requireNonNull(Schedule.of("*/10 * * * *", "", "", "", "", ""));
    Instant noon = Instant.parse("2026-11-21T12:00:00Z");
    assertThat(schedule.between(noon, noon.plusSeconds(3 * 3600), 100)).hasSize(18);
    assertThat(schedule.between(noon, noon.plusSeconds(1800), 2))
        .containsExactly(noon.plusSeconds(600), noon.plusSeconds(1200));
    assertThat(schedule.between(noon, noon, 100)).isEmpty();
    assertThat(schedule.next(Instant.MIN)).contains(Instant.EPOCH);
    assertThat(schedule.next(Instant.MAX)).isEmpty();
  }

  private static void refused(
      String problem,
      String cron,
      String zone,
      String gap,
      String overlap,
      String every,
      String at) {
    assertThatThrownBy(() -> Schedule.of(cron, zone, gap, overlap, every, at))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("job: option")
        .hasMessageContaining(problem);
  }
}
