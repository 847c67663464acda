package dev.serai.bus;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When to try again: a random moment between now and an end that doubles with every attempt ("full
 * jitter"), so that what failed together doesn't return together.
 */
final class Backoff {

  private static final int MAX_DOUBLINGS = 40;

  private final RandomGenerator random;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /**
   * @param attempt the attempt that failed, 1 for the first
   */
  Duration delay(DeliveryPolicy policy, int attempt) {
    long cap = policy.maxBackoff().toMillis();
    long base = Math.min(cap, Math.max(1, policy.backoff().toMillis()));
    int doublings = Math.min(MAX_DOUBLINGS, attempt - 1);
    long end = base > cap >> doublings ? cap : base << doublings;
    return Duration.ofMillis(random.nextLong(end + 1));
  }
}
