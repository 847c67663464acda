package dev.serai.job;

import dev.serai.event.TimeSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Slots at equal distances, whatever clocks on walls do: at the whole multiples of the interval
 * since 1970-01-01T00:00:00Z. So {@code 15m} is due on the quarters of an hour, {@code 1d} at
 * midnight UTC, {@code 7d} on Thursdays.
 *
 * @param interval 1 second to 366 days, in whole milliseconds
 */
record Every(Duration interval) implements Schedule {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofDays(366);

  static Every parse(String text) {
    Duration interval = TimeSpan.parse("job", "every", text);
    if (interval.compareTo(SHORTEST) < 0
        || interval.compareTo(LONGEST) > 0
        || interval.toNanosPart() % 1_000_000 != 0) {
      throw new IllegalArgumentException(
          "job: option 'every' is '%s'; it must be 1s to 366d, in whole milliseconds"
              .formatted(text));
    }
    return new Every(interval);
  }

  @Override
  public Optional<Instant> next(Instant after) {
    if (after.isBefore(FIRST)) {
      return Optional.of(FIRST);
    }
    if (!after.isBefore(END)) {
      return Optional.empty();
    }
    long millis = interval.toMillis();
    return Optional.of(Instant.ofEpochMilli((after.toEpochMilli() / millis + 1) * millis));
  }

  @Override
  public String text() {
    return "every " + interval.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
