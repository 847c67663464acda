package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Has a job a slot where it should, and no other, in seven years of clocks put forward and back?
 */
@Execution(ExecutionMode.CONCURRENT)
class SlotsTest {

  private static final List<String> WHOLE_HOURS =
      List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC");
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC", "Australia/Lord_Howe");

  private static final Map<String, WalkedClock> CLOCKS = new ConcurrentHashMap<>();

  @ParameterizedTest
  @FieldSource("ZONES")
  void aDailyJobIsDueOnceOnEachDayOfTheCalendar(String zone) {
    WalkedClock clock = clock(zone);
    for (String text :
        List.of("02:30", "02:00", "01:30", "00:00", "02:15", "01:45", "03:00", "12:00", "23:59")) {
      LocalTime time = LocalTime.parse(text);
      List<Instant> slots = slots("%s %s * * *".formatted(time.getMinute(), time.getHour()), zone);
      assertThat(slots).as(text).isEqualTo(clock.daily(time.toSecondOfDay() / 60));
      assertThat(slots.stream().map(slot -> clock.at(slot) / WalkedClock.DAY).toList())
          .as(text)
          .isEqualTo(consecutive(clock.at(slots.getFirst()) / WalkedClock.DAY, slots.size()));
    }
  }

  @ParameterizedTest
  @FieldSource("ZONES")
  void whatIsDueAgainAndAgainFollowsTheClock(String zone) {
    for (int minute : List.of(0, 1, 15, 30, 45)) {
      check(minute + " * * * *", zone, shown -> shown % 60 == minute);
      check(minute + " */2 * * *", zone, shown -> shown % 120 == minute);
      check(minute + " */3 * * *", zone, shown -> shown % 180 == minute);
    }
    for (int step : List.of(15, 20)) {
      check("*/%s * * * *".formatted(step), zone, shown -> shown % step == 0);
      check("%s/%s * * * *".formatted(step - 1, step), zone, shown -> shown % step == step - 1);
    }
  }

  /** An hour that the clock shows, by its name: none is left out, and none has two of its slots. */
  @ParameterizedTest
  @FieldSource("ZONES")
  void anHourlyJobHasEachHourOfTheDay(String zone) {
    WalkedClock clock = clock(zone);
    List<Instant> slots = slots("0 * * * *", zone);
    List<Integer> hours = slots.stream().map(slot -> clock.at(slot) / 60).toList();
    assertThat(new TreeSet<>(hours)).isEqualTo(shownHours(clock, hours));
    int doubled = zone.equals("Europe/Berlin") || zone.equals("America/New_York") ? 7 : 0;
    assertThat(hours).hasSize(Set.copyOf(hours).size() + doubled);
  }

  @ParameterizedTest
  @FieldSource("WHOLE_HOURS")
  void anHourlyJobIsDueEachHour(String zone) {
    for (int minute : List.of(0, 17, 30, 59)) {
      assertThat(distances(slots(minute + " * * * *", zone))).containsExactly(60L);
    }
  }

  @ParameterizedTest
  @FieldSource("ZONES")
  void aHalfHourlyJobIsDueEachHalfHour(String zone) {
    for (String minutes : List.of("*/30", "0,30", "13,43", "29/30")) {
      assertThat(distances(slots(minutes + " * * * *", zone))).containsExactly(30L);
    }
  }

  /** Where half an hour is put forward or back, an hourly job meets it once: no more can be had. */
  @ParameterizedTest
  @CsvSource({"0, 30 60 90", "45, 30 60", "15, 45 60 90"})
  void onLordHoweAnHourlyJobIsDueTwiceAYearAtAnotherDistance(String minute, String distances) {
    assertThat(distances(slots(minute + " * * * *", "Australia/Lord_Howe")))
        .map(String::valueOf)
        .containsExactly(distances.split(" "));
  }

  private static void check(String cron, String zone, IntPredicate minuteOfDay) {
    assertThat(slots(cron, zone)).as(cron).isEqualTo(clock(zone).each(minuteOfDay));
  }

  private static List<Instant> slots(String cron, String zone) {
    return Objects.requireNonNull(Schedule.of(cron, zone, "", "", "", ""))
        .between(WalkedClock.START.minusNanos(1), WalkedClock.END.minusNanos(1), Integer.MAX_VALUE);
  }

  private static WalkedClock clock(String zone) {
    return CLOCKS.computeIfAbsent(zone, WalkedClock::new);
  }

  /** All hours between the first and the last one of which the clock shows a minute. */
  private static Set<Integer> shownHours(WalkedClock clock, List<Integer> hours) {
    return IntStream.range(0, WalkedClock.MINUTES)
        .map(index -> clock.at(WalkedClock.instant(index)) / 60)
        .filter(hour -> hour >= hours.getFirst() && hour <= hours.getLast())
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Long> distances(List<Instant> slots) {
    return IntStream.range(1, slots.size())
        .mapToObj(i -> Duration.between(slots.get(i - 1), slots.get(i)).toMinutes())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Integer> consecutive(int first, int count) {
    return IntStream.range(first, first + count).boxed().toList();
  }
}
