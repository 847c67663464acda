package dev.serai.event;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads time spans such as {@code 90s}, {@code 1h30m} or {@code PT90S}; a number alone is
 * milliseconds. Camel's own conversion takes any word for no time at all.
 */
public final class TimeSpan {

  private static final Pattern PLAIN = Pattern.compile("\\d{1,15}");
  private static final Pattern UNITS =
      Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");
  private static final Pattern MILLIS = Pattern.compile("(\\d{1,15})ms");

  private TimeSpan() {}

  /**
   * The time span of an option of a component of ours.
   *
   * @throws IllegalArgumentException naming the component, the option and its value when that is no
   *     time span
   */
  public static Duration parse(String component, String option, String value) {
    String text = value.strip().toLowerCase(Locale.ROOT);
    var millis = MILLIS.matcher(text);
    if (PLAIN.matcher(text).matches()) {
      return Duration.ofMillis(Long.parseLong(text));
    }
    if (millis.matches()) {
      return Duration.ofMillis(Long.parseLong(millis.group(1)));
    }
    try {
      Duration iso = Duration.parse(text.startsWith("pt") ? text : iso(text));
      if (!iso.isNegative()) {
        return iso;
      }
    } catch (DateTimeParseException e) {
      // The same message as for a negative one.
    }
    throw new IllegalArgumentException(
        "%s: option '%s' is '%s'; it must be a time span such as 90s, 5m or 24h"
            .formatted(component, option, value));
  }

  private static String iso(String text) {
    if (text.isEmpty() || !UNITS.matcher(text).matches()) {
      return "";
    }
    int days = text.indexOf('d') + 1;
    String time = text.substring(days);
    return "p" + text.substring(0, days) + (time.isEmpty() ? "" : "t" + time);
  }
}
