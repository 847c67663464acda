package dev.serai.job;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One slot.
 *
 * @param at in whole milliseconds, so that it is the same when it comes back from a table
 */
record Once(Instant at) implements Schedule {

  static Once parse(String text) {
    try {
      Instant at = OffsetDateTime.parse(text.strip()).toInstant();
      if (at.getNano() % 1_000_000 == 0 && !at.isBefore(FIRST) && at.isBefore(END)) {
        return new Once(at);
      }
    } catch (DateTimeException e) {
      // The same message as for a moment that can't be a slot.
    }
    throw new IllegalArgumentException(
        ("job: option 'at' is '%s'; it must be a moment with its offset, in whole milliseconds,"
                + " such as 2027-01-31T09:00:00+05:30 or 2027-01-31T03:30:00Z")
            .formatted(text));
  }

  @Override
  public Optional<Instant> next(Instant after) {
    return after.isBefore(at) ? Optional.of(at) : Optional.empty();
  }

  @Override
  public String text() {
    return "at " + at;
  }
}
