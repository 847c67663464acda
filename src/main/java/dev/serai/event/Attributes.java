package dev.serai.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL would refuse of an event's attributes: a refused row fails all of its group. */
public final class Attributes {

  /** Within what PostgreSQL can store, and the hub reckon with in microseconds. */
  private static final Instant EARLIEST = Instant.parse("-4000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("+200000-01-01T00:00:00Z");

  private Attributes() {}

  /** Whether an event may have this time. */
  public static boolean isStorable(Instant time) {
    return !time.isBefore(EARLIEST) && time.isBefore(LATEST);
  }

  static void check(String attribute, Instant time) {
    if (!isStorable(time)) {
      throw new InvalidEventException(
          attribute, "is not between %s and %s".formatted(EARLIEST, LATEST));
    }
  }

  static void check(String attribute, @Nullable String value, boolean required, int max) {
    if (value == null || value.isEmpty()) {
      if (required) {
        throw new InvalidEventException(attribute, "is missing");
      }
      return;
    }
    int bytes = 0;
    for (int i = 0; i < value.length(); i++) {
      int c = value.codePointAt(i);
      if (c == 0) {
        throw new InvalidEventException(attribute, "contains the character U+0000");
      }
      if (Character.isSurrogate((char) c) && Character.isBmpCodePoint(c)) {
        throw new InvalidEventException(attribute, "contains half a surrogate pair");
      }
      i += Character.charCount(c) - 1;
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    if (bytes > max) {
      throw new InvalidEventException(attribute, "has %s bytes; at most %s".formatted(bytes, max));
    }
  }
}
