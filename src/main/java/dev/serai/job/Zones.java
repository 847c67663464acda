package dev.serai.job;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;

/** Time zones by the names of the IANA database. */
final class Zones {

  private static final ZoneId UTC = ZoneId.of("UTC");

  private Zones() {}

  /** The zone of this name; UTC when it is empty. */
  static ZoneId parse(String name) {
    try {
      return name.isBlank() ? UTC : ZoneId.of(name.strip());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "job: option 'zone' is '%s'; it must be a time zone such as Europe/Berlin or UTC%s"
              .formatted(name, guess(name)));
    }
  }

  /** Zones are mostly got wrong by their case, by a blank, or by the city alone. */
  private static String guess(String name) {
    String plain = plain(name);
    String city = plain.substring(plain.lastIndexOf('/') + 1);
    return ZoneId.getAvailableZoneIds().stream()
        .filter(id -> plain(id).equals(plain) || plain(id).endsWith("/" + city))
        .min((a, b) -> a.length() != b.length() ? a.length() - b.length() : a.compareTo(b))
        .map("; did you mean '%s'?"::formatted)
        .orElse("");
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
