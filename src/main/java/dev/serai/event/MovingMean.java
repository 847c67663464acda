package dev.serai.event;

import java.time.Duration;

/**
 * A number and its mean over the last moments, weighted by how long it had each value: a crowd that
 * comes at once and is soon gone counts for little, one that stays for what it is.
 */
final class MovingMean {

  private final double spanNanos;
  private int value;
  private double mean;
  private long since;

  /**
   * @param span after which what was counts for a third
   * @param nanoTime now, by {@link System#nanoTime}, as for all methods
   */
  MovingMean(Duration span, long nanoTime) {
    this.spanNanos = span.toNanos();
    this.since = nanoTime;
  }

  synchronized void add(int difference, long nanoTime) {
    mean = mean(nanoTime);
    since = nanoTime;
    value += difference;
  }

  synchronized int value() {
    return value;
  }

  synchronized double mean(long nanoTime) {
    return value + (mean - value) * Math.exp(Math.min(0, since - nanoTime) / spanNanos);
  }
}
