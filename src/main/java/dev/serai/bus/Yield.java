package dev.serai.bus;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Lets deliveries give way to requests that wait for a commit: a provider's patience is short, a
 * backlog's is long. A floor keeps the backlog moving however many requests come.
 */
final class Yield {

  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NAP_MILLIS = 5;

  private final IntSupplier waiting;
  private final int threshold;
  private final int floorPerSecond;
  private double tokens;
  private long filledAt;

  /**
   * @param waiting how many requests wait for a commit
   * @param threshold up to how many of them deliveries go on unhindered
   * @param floorPerSecond deliveries a second of this hub that are never held back
   */
  Yield(IntSupplier waiting, int threshold, int floorPerSecond) {
    this.waiting = waiting;
    this.threshold = threshold;
    this.floorPerSecond = floorPerSecond;
    this.filledAt = System.nanoTime();
  }

  /** How many of the wanted deliveries may be claimed now; waits a moment before it says none. */
  int grant(int wanted) throws InterruptedException {
    if (wanted == 0 || waiting.getAsInt() <= threshold) {
      return wanted;
    }
    int granted = take(wanted);
    if (granted == 0) {
      TimeUnit.MILLISECONDS.sleep(NAP_MILLIS);
    }
    return granted;
  }

  private synchronized int take(int wanted) {
    long now = System.nanoTime();
    tokens =
        Math.min(
            Math.max(1, floorPerSecond / 20.0),
            tokens + (double) (now - filledAt) * floorPerSecond / NANOS);
    filledAt = now;
    int granted = (int) Math.min(wanted, tokens);
    tokens -= granted;
    return granted;
  }
}
