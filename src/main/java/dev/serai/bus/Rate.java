package dev.serai.bus;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many deliveries of a subscription may begin, over all hubs.
 *
 * @param count in one unit of time
 * @param unit a second, a minute or an hour
 */
record Rate(int count, Duration unit) {

  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})\\s*/\\s*([smh])");

  private static final Map<String, Duration> UNITS =
      Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));

  /** What may begin at once after a rest is this part of a unit's. */
  private static final int BURST_PART = 10;

  /**
   * @throws IllegalArgumentException when the text is none
   */
  static Rate parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "event: option 'rate' is '%s'; it must be a rate such as 100/s, 1000/m or 5/h"
              .formatted(text));
    }
    return new Rate(
        Integer.parseInt(form.group(1)), Objects.requireNonNull(UNITS.get(form.group(2))));
  }

  /** As a route would say it. */
  String text() {
    return count + "/" + unit.toString().substring(3).toLowerCase(Locale.ROOT);
  }

  /** From one delivery to the next, in microseconds, as Redis reckons. */
  String interval() {
    return Double.toString((double) unit.toNanos() / 1_000 / count);
  }

  /** How many may begin at once. */
  int burst() {
    return Math.max(1, count / BURST_PART);
  }
}
