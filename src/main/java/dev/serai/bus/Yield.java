package dev.serai.bus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * Lets deliveries give way to requests that wait for a commit: a provider's patience is short, a
 * backlog's is long. A floor keeps the backlog moving however many requests come.
 */
final class Yield {

  /** Claims are made in groups of this size: one by one they would cost more than they bring. */
  private static final int GROUP = 8;

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final DoubleSupplier waiting;
  private final int threshold;
  private final int floorPerSecond;
  private long filledAt = System.nanoTime();
  private double tokens;

  /**
   * @param waiting how many requests have lately waited for a commit
   * @param threshold up to how many of them deliveries go on unhindered
   * @param floorPerSecond deliveries a second of this hub that are never held back
   */
  Yield(DoubleSupplier waiting, int threshold, int floorPerSecond) {
    this.waiting = waiting;
    this.threshold = threshold;
    this.floorPerSecond = floorPerSecond;
  }

  /** How many of the wanted deliveries may be claimed now; waits a moment before it says none. */
  int grant(int wanted) throws InterruptedException {
    long waitNanos = take(wanted);
    if (waitNanos > 0) {
      TimeUnit.NANOSECONDS.sleep(waitNanos);
      return 0;
    }
    return (int) -waitNanos;
  }

  /** Returns the number granted, negated, or how long to wait for it, in nanoseconds. */
  private synchronized long take(int wanted) {
    long now = System.nanoTime();
    if (waiting.getAsDouble() <= threshold) {
      return -wanted;
    }
    int group = Math.min(wanted, GROUP);
    tokens =
        Math.min(2.0 * GROUP, tokens + (double) (now - filledAt) * floorPerSecond / SECOND_NANOS);
    filledAt = now;
    if (tokens < group) {
      return 1 + (long) ((group - tokens) * SECOND_NANOS / floorPerSecond);
    }
    tokens -= group;
    return -group;
  }
}
