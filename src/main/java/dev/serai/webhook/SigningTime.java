package dev.serai.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a request was signed, by its sender's clock.
 *
 * @param seconds since the epoch
 */
record SigningTime(long seconds) {

  private static final int MAX_DIGITS = 12;

  /** ASCII digits only, without sign or leading zero: what Long.parseLong takes is more. */
  static Optional<SigningTime> parse(String text) {
    boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS;
    for (int i = 0; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    boolean readable = digits && (text.length() == 1 || text.charAt(0) != '0');
    return readable ? Optional.of(new SigningTime(Long.parseLong(text))) : Optional.empty();
  }

  Instant instant() {
    return Instant.ofEpochSecond(seconds);
  }

  /**
   * @param tolerance how far it may be from now, in both directions
   * @throws RefusedException when it is further
   */
  void check(Instant now, Duration tolerance) throws RefusedException {
    Duration age = Duration.between(instant(), now);
    if (age.compareTo(tolerance) > 0) {
      throw new RefusedException(Cause.TOO_OLD, distance(age, "ago", tolerance));
    }
    if (age.negated().compareTo(tolerance) > 0) {
      throw new RefusedException(
          Cause.TOO_NEW, distance(age.negated(), "in the future", tolerance));
    }
  }

  private static String distance(Duration age, String direction, Duration tolerance) {
    return "Signed %s s %s; at most %s s are tolerated"
        .formatted(age.toSeconds(), direction, tolerance.toSeconds());
  }
}
