package dev.serai.limit;

import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.convert.DurationStyle;

/**
 * How much may be asked of the endpoints that match a pattern, all together.
 *
 * @param pattern of endpoints, in which a star stands for any text
 * @param regex the same as Java matches it
 * @param limit most in any window
 * @param window its length
 */
record LimitRule(String pattern, Pattern regex, int limit, Duration window) {

  private static final Pattern FORM = Pattern.compile("(.+)=\\s*(\\d{1,9})\\s*/\\s*(\\w+)");
  private static final Duration LONGEST = Duration.ofDays(31);

  LimitRule {
    if (limit < 1 || limit > SlidingWindow.MAX_LIMIT) {
      throw new IllegalArgumentException(
          "the limit %s of '%s', which must be 1 to %s"
              .formatted(limit, pattern, SlidingWindow.MAX_LIMIT));
    }
    if (window.compareTo(Duration.ofMillis(1)) < 0 || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "the window %s of '%s', which must be 1ms to 31d".formatted(window, pattern));
    }
  }

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  static LimitRule parse(String text) {
    Matcher parts = FORM.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'%s', which is no rule such as chat.*=20/1m".formatted(text.strip()));
    }
    try {
      String pattern = parts.group(1).strip();
      return new LimitRule(
          pattern,
          regex(pattern),
          Integer.parseInt(parts.group(2)),
          DurationStyle.SIMPLE.parse(parts.group(3)));
    } catch (IllegalStateException | NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s', which has no window such as 1m".formatted(text.strip()), e);
    }
  }

  boolean matches(String endpoint) {
    return regex.matcher(endpoint).matches();
  }

  private static Pattern regex(String pattern) {
    return Pattern.compile(
        Arrays.stream(pattern.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }
}
