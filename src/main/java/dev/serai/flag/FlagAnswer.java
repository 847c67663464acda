package dev.serai.flag;

import java.util.Locale;

/**
 * Whether a flag is on for somebody.
 *
 * @param on whether it is
 * @param reason what decided
 */
public record FlagAnswer(boolean on, Reason reason) {

  /** What decided, in this order. */
  public enum Reason {
    /** There is no such flag. */
    UNKNOWN,
    /** It is off for everybody. */
    DISABLED,
    /** It is set for the user. */
    USER,
    /** It is set for the workspace. */
    WORKSPACE,
    /** The user is, or is not, in the percentage. */
    PERCENTAGE;

    /** As the API writes it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
