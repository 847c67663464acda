package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** What holds for any cron expression, in any zone, at any time, and above all at changes of it? */
class AnyScheduleTest {

  private static final long YEAR_2100 = 4_102_444_800L;

  @Property(tries = 3_000)
  void slotsFollowEachOther(
      @ForAll("crons") Cron cron,
      @ForAll @LongRange(max = YEAR_2100) long seconds,
      @ForAll boolean atChange) {
    Instant after = start(cron.zone(), seconds, atChange);
    for (int i = 0; i < 5; i++) {
      Optional<Instant> next = cron.next(after);
      if (next.isEmpty()) {
        assertThat(cron.gap()).as("what the clock leaves out for ever").isEqualTo(Gap.SKIP);
        return;
      }
      Instant slot = next.get();
      assertThat(slot).isAfter(after);
      // From wherever one looks before it, it is the next.
      assertThat(cron.next(slot.minusNanos(1))).contains(slot);
      long distance = slot.toEpochMilli() - after.toEpochMilli();
      assertThat(cron.next(after.plusMillis(distance / 2))).contains(slot);
      after = slot;
    }
  }

  @Property(tries = 3_000)
  void aSlotShowsATimeThatMatchesOrEndsAGap(
      @ForAll("crons") Cron cron,
      @ForAll @LongRange(max = YEAR_2100) long seconds,
      @ForAll boolean atChange) {
    Instant start = start(cron.zone(), seconds, atChange);
    for (Instant slot : cron.between(start, Schedule.END, 5)) {
      ZoneOffsetTransition change = cron.zone().getRules().previousTransition(slot.plusNanos(1));
      boolean endsGap = change != null && change.isGap() && change.getInstant().equals(slot);
      assertThat(
              cron.fields().matches(LocalDateTime.ofInstant(slot, cron.zone()))
                  || (endsGap && cron.gap() == Gap.RUN))
          .as("%s", slot)
          .isTrue();
    }
  }

  /** Beside looking at the clock of the zone in each second of some hours. */
  @Property(tries = 200)
  void noShownTimeIsLeftOutWhileHoursGoBy(
      @ForAll("zones") ZoneId zone, @ForAll @LongRange(max = YEAR_2100) long seconds) {
    Cron cron = new Cron(CronFields.parse("7/13 * * * *"), zone, Gap.SKIP, OverlapHour.FIRST);
    Instant start = start(zone, seconds, true);
    Instant until = start.plusSeconds(14_400);
    List<Instant> expected = new ArrayList<>();
    for (Instant at = start.plusSeconds(1); !at.isAfter(until); at = at.plusSeconds(1)) {
      LocalDateTime local = LocalDateTime.ofInstant(at, zone);
      if (local.getSecond() == 0 && local.getMinute() >= 7 && local.getMinute() % 13 == 7) {
        expected.add(at);
      }
    }
    assertThat(cron.between(start, until, 1_000)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<Cron> crons() {
    return Combinators.combine(
            expressions(),
            zones(),
            Arbitraries.of(Gap.values()),
            Arbitraries.of(OverlapHour.values()))
        .as(Cron::new);
  }

  private static Arbitrary<CronFields> expressions() {
    return Combinators.combine(
            Arbitraries.of("0", "30", "*", "*/7", "59"),
            Arbitraries.of("0", "30", "15,45", "*", "*/20", "7/13", "59"),
            Arbitraries.of("*", "*/2", "*/5", "0", "1", "2", "2,3", "1-3", "23", "0-23"),
            Arbitraries.of("*", "*", "*", "1", "L", "LW", "15W", "L-2", "31", "10-20"),
            Arbitraries.of("*", "*", "*", "3", "10,11", "*/2", "JAN"),
            Arbitraries.of("*", "*", "*", "SUN", "MON-FRI", "SUNL", "0#1", "6"))
        .as(
            (second, minute, hour, day, month, weekday) ->
                parsed(String.join(" ", second, minute, hour, day, month, weekday)))
        .filter(Optional::isPresent)
        .map(Optional::get);
  }

  /** Nothing for what never comes, such as a first Sunday that is the last day of its month. */
  private static Optional<CronFields> parsed(String cron) {
    try {
      return Optional.of(CronFields.parse(cron));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("never comes");
      return Optional.empty();
    }
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(ZoneId.getAvailableZoneIds().stream().sorted().toList()).map(ZoneId::of);
  }

  /** This second, or up to three hours before the next change of the clock after it. */
  private static Instant start(ZoneId zone, long seconds, boolean atChange) {
    Instant moment = Instant.ofEpochSecond(seconds);
    ZoneOffsetTransition change = zone.getRules().nextTransition(moment);
    return atChange && change != null ? change.getInstant().minusSeconds(seconds % 10_800) : moment;
  }
}
