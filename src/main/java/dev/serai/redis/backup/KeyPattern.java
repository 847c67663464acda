package dev.serai.redis.backup;

/** Which keys of the hub: a pattern behind its prefix, as SCAN takes it. */
final class KeyPattern {

  private static final int LONGEST = 512;

  private KeyPattern() {}

  /**
   * @throws InvalidBackupException when it can be no pattern
   */
  static String check(String pattern) {
    if (pattern.isEmpty() || pattern.length() > LONGEST || pattern.indexOf('\0') >= 0) {
      throw new InvalidBackupException(
          "pattern", "must have 1 to %s characters; * is for all".formatted(LONGEST));
    }
    return pattern;
  }

  /** A text in a pattern that stands for itself. */
  static String literal(String text) {
    return text.replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1");
  }
}
