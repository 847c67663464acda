package dev.serai.event;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again: a random moment between now and an end that doubles with every attempt ("full
 * jitter"), so that what failed together doesn't return together.
 */
public final class Backoff {

  private static final int MAX_DOUBLINGS = 40;

  private final RandomGenerator random;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param first the longest wait after the first attempt
   * @param longest the most it grows to
   * @param attempt the attempt that failed, 1 for the first
   */
  public Duration delay(Duration first, Duration longest, int attempt) {
    long cap = longest.toMillis();
    long base = Math.min(cap, Math.max(1, first.toMillis()));
    int doublings = Math.min(MAX_DOUBLINGS, attempt - 1);
    long end = base > cap >> doublings ? cap : base << doublings;
    return Duration.ofMillis(random.nextLong(end + 1));
  }
}
