package dev.serai.backup;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Pauses between stretches of reading, so that those who append and handle get on. */
final class Pace {

  private static final long STRETCH = TimeUnit.MILLISECONDS.toNanos(20);

  private final double pauses;
  private long worked;

  /**
   * @param pauses how many times as long as it works it pauses
   */
  Pace(double pauses) {
    this.pauses = pauses;
  }

  /** Some work has been done. */
  void worked(long nanos) {
    worked += nanos;
    if (worked >= STRETCH) {
      LockSupport.parkNanos((long) (worked * pauses));
      worked = 0;
    }
  }
}
