package dev.serai.redis;

import java.time.Duration;

/** What names and times must be, so that nothing odd becomes a key or stays for ever. */
final class Checks {

  /** Redis takes keys of 512 MB; nobody means them. */
  static final int LONGEST_NAME = 512;

  /** Nothing of these services is kept longer. */
  static final Duration LONGEST_TTL = Duration.ofDays(30);

  private Checks() {}

  /**
   * A text that becomes a part of a key.
   *
   * @throws InvalidValueException naming the field
   */
  static String name(String field, String value) {
    if (value.isEmpty() || value.length() > LONGEST_NAME) {
      throw new InvalidValueException(
          field, "has %s characters; it must have 1 to %s".formatted(value.length(), LONGEST_NAME));
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidValueException(
          field, "has a control character; it must be a text without any");
    }
    return value;
  }

  /**
   * How long something is kept, in milliseconds.
   *
   * @throws InvalidValueException naming the field
   */
  static long millis(String field, Duration value) {
    return millis(field, value, LONGEST_TTL);
  }

  static long millis(String field, Duration value, Duration most) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(most) > 0) {
      throw new InvalidValueException(
          field, "is %s; it must be 1ms or more and at most %s".formatted(text(value), text(most)));
    }
    return value.toMillis();
  }

  private static String text(Duration value) {
    if (value.toMillisPart() != 0) {
      return value.toMillis() + "ms";
    }
    return value.toDays() != 0 && value.toSecondsPart() == 0 && value.toHoursPart() == 0
        ? value.toDays() + "d"
        : value.toSeconds() + "s";
  }
}
