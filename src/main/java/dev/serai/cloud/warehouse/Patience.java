package dev.serai.cloud.warehouse;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** How long something is tried, and how long to wait before the next time. */
final class Patience {

  private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);

  private final long end;
  private long pause = FIRST;

  Patience(Duration limit) {
    end = System.nanoTime() + limit.toNanos();
  }

  /** Waits a little longer each time; false if that would be too long in all. */
  boolean holds() throws InterruptedException {
    long now = pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2);
    pause = Math.min(2 * pause, LONGEST);
    if (now > left().toNanos()) {
      return false;
    }
    TimeUnit.NANOSECONDS.sleep(now);
    return true;
  }

  Duration left() {
    return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
  }
}
