package dev.serai.crash;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Random;

/** How often a test does its worst, and when: at random moments that a printed seed repeats. */
final class Rounds {

  static final int COUNT = Integer.getInteger("serai.rounds", 3);

  /** Deliveries of a route of these tests that may be under way at a time: claimed ones, too. */
  static final int IN_FLIGHT = 2 * 4;

  private static final int LATEST_MILLIS = 1_500;

  private final Random random;

  Rounds(String what) {
    long seed = Long.getLong("serai.seed", System.nanoTime());
    System.out.printf("%s: %s rounds, repeat with -Dserai.seed=%s%n", what, COUNT, seed);
    random = new Random(seed);
  }

  void awaitMoment() {
    Duration delay = Duration.ofMillis(100 + random.nextInt(LATEST_MILLIS));
    await().pollDelay(delay).until(() -> true);
  }
}
