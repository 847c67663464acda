package dev.serai.queue;

import java.time.Duration;

/** How long a worker may have a job without a word. */
final class LeaseTime {

  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofHours(12);

  private LeaseTime() {}

  /**
   * @throws InvalidJobException when it is too short or too long
   */
  static Duration check(Duration lease) {
    if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
      throw new InvalidJobException(
          "lease_seconds",
          "is %s; it must be %s to %s"
              .formatted(lease.toSeconds(), SHORTEST.toSeconds(), LONGEST.toSeconds()));
    }
    return lease;
  }
}
