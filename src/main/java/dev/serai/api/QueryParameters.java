package dev.serai.api;

import dev.serai.event.EventIds;
import dev.serai.event.ReplayFilter;
import dev.serai.event.Times;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parameters of a listing: unknown ones and values without sense are named. */
final class QueryParameters {

  private static final int DEFAULT_LIMIT = 100;

  private final Map<String, String> values;

  /**
   * @throws Problem naming the parameter that is unknown
   */
  QueryParameters(Map<String, String> values, String... known) {
    Set<String> names = new TreeSet<>(Set.of(known));
    values
        .keySet()
        .forEach(
            name -> {
              if (!names.contains(name)) {
                throw Problem.badRequest(
                    "There is no parameter '%s'; there are %s".formatted(name, names));
              }
            });
    this.values = values;
  }

  @Nullable String text(String name) {
    String value = values.get(name);
    if (value != null && (value.isEmpty() || value.indexOf('\0') >= 0)) {
      throw Problem.badRequest(
          "Parameter '%s' must be a text of one character or more".formatted(name));
    }
    return value;
  }

  /** A text that is one of these. */
  @Nullable String oneOf(String name, Set<String> allowed) {
    String value = values.get(name);
    if (value != null && !allowed.contains(value)) {
      throw Problem.badRequest(
          "Parameter '%s' is '%s'; it must be one of %s"
              .formatted(name, value, new TreeSet<>(allowed)));
    }
    return value;
  }

  @Nullable Instant time(String name) {
    String value = values.get(name);
    return value == null ? null : time(name, value);
  }

  private static Instant time(String name, String value) {
    try {
      return ReplayFilter.time(name, value);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /** The same as the driver takes it. */
  @Nullable OffsetDateTime timestamp(String name) {
    Instant value = time(name);
    return value == null ? null : Times.utc(value);
  }

  /** A whole number, 0 or greater. */
  @Nullable Long number(String name) {
    String value = values.get(name);
    if (value != null && !value.matches("[0-9]{1,18}")) {
      throw Problem.badRequest(
          "Parameter '%s' is '%s'; it must be a number".formatted(name, value));
    }
    return value == null ? null : Long.valueOf(value);
  }

  /** The least id of a time, for what has ids by time. */
  @Nullable UUID least(String name) {
    String value = values.get(name);
    return value == null ? null : least(name, value);
  }

  static UUID least(String name, String value) {
    return EventIds.least(time(name, value));
  }

  @Nullable UUID id(String name) {
    String value = values.get(name);
    return value == null ? null : EventFilter.uuid(name, value);
  }

  int limit() {
    String value = values.get("limit");
    return value == null ? DEFAULT_LIMIT : EventFilter.limit(value);
  }
}
