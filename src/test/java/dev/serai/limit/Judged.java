package dev.serai.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Judges answers after the fact.
 *
 * @param windowsOverTheLimit windows in which more was allowed
 * @param falseRefusals what was refused though the window before it had room
 */
record Judged(long allowed, long refused, long windowsOverTheLimit, long falseRefusals) {

  static Judged of(List<RateUse> uses, int limit, Duration window) {
    long length = window.toNanos() / 1_000;
    long[] allowed =
        uses.stream().filter(RateUse::allowed).mapToLong(Judged::micros).sorted().toArray();
    long over = 0;
    for (int i = limit; i < allowed.length; i++) {
      // A window that begins just behind a moment and ends with another.
      if (allowed[i] - allowed[i - limit] < length) {
        over++;
      }
    }
    long wrong = 0;
    long refused = 0;
    for (RateUse use : uses) {
      if (!use.allowed()) {
        refused++;
        long at = micros(use);
        if (upTo(allowed, at) - upTo(allowed, at - length) < limit) {
          wrong++;
        }
      }
    }
    return new Judged(allowed.length, refused, over, wrong);
  }

  /** How many are at or before a time. */
  private static int upTo(long[] sorted, long time) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static long micros(RateUse use) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, use.at());
  }
}
