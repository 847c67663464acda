package dev.serai.job;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What the clock on the wall of a zone shows in each minute of seven years, looked up minute by
 * minute. It knows no cron and no change of the clock: it sees one where a minute is not followed
 * by the next.
 */
final class WalkedClock {

  static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  static final Instant END = Instant.parse("2031-01-01T00:00:00Z");
  static final int MINUTES = (int) ChronoUnit.MINUTES.between(START, END);
  static final int DAY = 1440;

  /** Minutes since 1970 by the clock on the wall. */
  private final int[] shown = new int[MINUTES];

  WalkedClock(String zone) {
    ZoneRules rules = ZoneId.of(zone).getRules();
    for (int i = 0; i < shown.length; i++) {
      Instant minute = instant(i);
      long local = minute.getEpochSecond() + rules.getOffset(minute).getTotalSeconds();
      shown[i] = Math.toIntExact(local / 60);
    }
  }

  static Instant instant(int index) {
    return START.plusSeconds(60L * index);
  }

  /** Minutes since 1970 that the clock shows at this moment. */
  int at(Instant moment) {
    return shown[(int) ChronoUnit.MINUTES.between(START, moment)];
  }

  /** The first moment of each day at which this minute of the day is shown or has been passed. */
  List<Instant> daily(int minuteOfDay) {
    List<Instant> found = new ArrayList<>();
    BitSet days = new BitSet();
    for (int i = 0; i < shown.length; i++) {
      int first = i == 0 ? shown[i] : Math.min(shown[i - 1] + 1, shown[i]);
      for (int minute = first; minute <= shown[i]; minute++) {
        if (minute % DAY == minuteOfDay && !days.get(minute / DAY)) {
          days.set(minute / DAY);
          found.add(instant(i));
        }
      }
    }
    return found;
  }

  /**
   * Each moment at which such a minute of the day is shown, and the end of a gap in which one was
   * lost: passed, and not made up for by the one that was shown in its place.
   */
  List<Instant> each(IntPredicate minuteOfDay) {
    List<Instant> found = new ArrayList<>();
    for (int i = 0; i < shown.length; i++) {
      boolean due = minuteOfDay.test(shown[i] % DAY);
      int passed = i == 0 ? 0 : shown[i] - shown[i - 1] - 1;
      for (int minute = shown[i] - passed; minute < shown[i]; minute++) {
        due |= minuteOfDay.test(minute % DAY) && !minuteOfDay.test((minute + passed) % DAY);
      }
      if (due) {
        found.add(instant(i));
      }
    }
    return found;
  }
}
