package dev.serai.webhook;

import dev.serai.event.Attributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When an event happened, as its source writes it: seconds or milliseconds since the epoch, or RFC
 * 3339. What is neither is not worth a refusal.
 */
final class EventTime {

  private static final int MILLIS_DIGITS = 12;

  private EventTime() {}

  static Optional<Instant> parse(String text) {
    return Optional.of(text).map(EventTime::instant).filter(Attributes::isStorable);
  }

  private static @Nullable Instant instant(String text) {
    try {
      if (text.matches("\\d{1,15}")) {
        long number = Long.parseLong(text);
        return text.length() > MILLIS_DIGITS
            ? Instant.ofEpochMilli(number)
            : Instant.ofEpochSecond(number);
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
