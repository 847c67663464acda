package dev.serai.archive;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the name of an object of webhooks says of it.
 *
 * @param date the day (UTC) on which its events were received
 * @param count how many lines it has
 * @param hash the beginning of the SHA-256 of its unpacked bytes, in hex
 */
record ObjectName(String source, LocalDate date, int count, String hash) {

  /** What all of them begin with. */
  static final String PREFIX = "webhooks/";

  static final int HASH_DIGITS = 16;

  private static final String ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final Pattern FORM =
      Pattern.compile(
          "webhooks/source=([^/]+)/date=(\\d{4}-\\d{2}-\\d{2})/%1$s-%1$s-(\\d{1,9})-([0-9a-f]{%2$s})\\.ndjson\\.gz"
              .formatted(ID, HASH_DIGITS));

  /** Empty for an object that is none of the archive's. */
  static Optional<ObjectName> parse(String name) {
    Matcher parts = FORM.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ObjectName(
              parts.group(1),
              LocalDate.parse(parts.group(2)),
              Integer.parseInt(parts.group(3)),
              parts.group(4)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static String of(
      String source, LocalDate date, String first, String last, int count, String hash) {
    return "%ssource=%s/date=%s/%s-%s-%s-%s.ndjson.gz"
        .formatted(PREFIX, source, date, first, last, count, hash);
  }
}
