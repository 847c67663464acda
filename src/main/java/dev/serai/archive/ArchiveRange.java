package dev.serai.archive;

import dev.serai.event.LoggedEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events of the archive a run is about.
 *
 * @param source only of this one; all, if null
 * @param from received at this time or later
 * @param to received before this time
 */
record ArchiveRange(@Nullable String source, @Nullable Instant from, @Nullable Instant to) {

  /** That of a run's parameters. */
  static ArchiveRange of(Map<String, ?> parameters) {
    Object source = parameters.get("source");
    return new ArchiveRange(
        source == null ? null : source.toString(),
        time(parameters.get("from")),
        time(parameters.get("to")));
  }

  private static @Nullable Instant time(@Nullable Object text) {
    return text == null ? null : Instant.parse(text.toString());
  }

  String prefix() {
    return source == null ? ObjectName.PREFIX : "%ssource=%s/".formatted(ObjectName.PREFIX, source);
  }

  boolean has(ObjectName name) {
    return (from == null || !name.date().isBefore(day(from)))
        && (to == null || !name.date().isAfter(day(to)));
  }

  boolean has(LoggedEvent event) {
    return (from == null || !event.receivedAt().isBefore(from))
        && (to == null || event.receivedAt().isBefore(to));
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
