package dev.serai.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which events are delivered again.
 *
 * @param values what was asked for, by parameter
 * @param ofEvents SQL on {@code serai.event e}
 * @param ofDeliveries SQL on {@code serai.delivery d}; if there is any, only deliveries that exist
 *     and fulfil it are made ready again, not all that match
 * @param parameters the values in the SQL
 */
public record ReplayFilter(
    Map<String, String> values,
    List<String> ofEvents,
    List<String> ofDeliveries,
    Map<String, Object> parameters) {

  /** Every event there is. */
  public static final ReplayFilter ALL = of(Map.of());

  private static final Set<String> STATES =
      new TreeSet<>(Set.of("ready", "done", "dead", "cancelled", "skipped"));

  private static final Set<String> PARAMETERS =
      new TreeSet<>(
          Set.of(
              "source",
              "type",
              "key",
              "workspace",
              "subject",
              "state",
              "cause",
              "from",
              "to",
              "died_from",
              "died_to"));

  private static final Instant END = Instant.parse("4000-01-01T00:00:00Z");

  /**
   * Reads a filter.
   *
   * @throws IllegalArgumentException naming the parameter that is unknown or has no sense
   */
  public static ReplayFilter of(Map<String, String> values) {
    List<String> events = new ArrayList<>();
    List<String> deliveries = new ArrayList<>();
    Map<String, Object> parameters = new LinkedHashMap<>();
    // One that contradicts the first event of its key was never to be delivered.
    events.add("not e.conflict");
    // A sensitive one whose body is gone can't be delivered.
    events.add("e.erased_at is null");
    values.forEach(
        (name, value) -> {
          if (!PARAMETERS.contains(name)) {
            throw new IllegalArgumentException(
                "There is no parameter '%s'; there are %s".formatted(name, PARAMETERS));
          }
          parameters.put(name, value(name, value));
          switch (name) {
            case "type" -> events.add(types(value, "type", parameters));
            case "from", "to" -> parameters.remove(name);
            case "state" -> deliveries.add(state(value));
            case "cause" -> deliveries.add("d.cause = :cause");
            case "died_from" -> deliveries.add("d.dead and d.finished_at >= :died_from");
            case "died_to" -> deliveries.add("d.dead and d.finished_at < :died_to");
            default -> events.add("e.%1$s = :%1$s".formatted(name));
          }
        });
    return new ReplayFilter(new TreeMap<>(values), events, deliveries, parameters);
  }

  private static Object value(String name, String value) {
    if (value.isEmpty() || value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "Parameter '%s' must be a text of one character or more".formatted(name));
    }
    return switch (name) {
      case "from", "to" -> least(name, value);
      case "died_from", "died_to" -> Times.utc(time(name, value));
      default -> value;
    };
  }

  private static String state(String value) {
    if (!STATES.contains(value)) {
      throw new IllegalArgumentException(
          "Parameter 'state' is '%s'; it must be one of %s".formatted(value, STATES));
    }
    return value.equals("dead") ? "d.dead and d.state = :state" : "d.state = :state";
  }

  /** SQL that is true for events of these types. */
  static String types(String patterns, String name, Map<String, Object> parameters) {
    try {
      return types(Arrays.stream(patterns.split(",", -1)).map(String::strip).toList(), parameters);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Parameter '%s' is '%s'; %s".formatted(name, patterns, e.getMessage()), e);
    }
  }

  static String types(List<String> patterns, Map<String, Object> parameters) {
    TypePattern pattern = new TypePattern(patterns);
    int n = parameters.size();
    parameters.remove("type");
    parameters.put("exact" + n, pattern.exact());
    parameters.put("wild" + n, pattern.regex());
    return "(e.type = any(:exact%1$s) or e.type ~ :wild%1$s)".formatted(n);
  }

  private static UUID least(String name, String value) {
    try {
      return EventIds.least(time(name, value));
    } catch (IllegalArgumentException e) {
      throw badTime(name, value, e);
    }
  }

  /**
   * A time as a parameter has it.
   *
   * @throws IllegalArgumentException naming the parameter
   */
  public static Instant time(String name, String value) {
    try {
      Instant time = OffsetDateTime.parse(value).toInstant();
      if (time.isBefore(Instant.EPOCH) || time.isAfter(END)) {
        throw new DateTimeException("out of range");
      }
      return time;
    } catch (DateTimeException e) {
      throw badTime(name, value, e);
    }
  }

  private static IllegalArgumentException badTime(String name, String value, Exception cause) {
    return new IllegalArgumentException(
        "Parameter '%s' is '%s'; it must be a time such as 2026-11-20T18:00:00Z"
            .formatted(name, value),
        cause);
  }

  /** Before the first event that it may have. */
  UUID begin() {
    String from = values.get("from");
    return from == null ? new UUID(0, 0) : least("from", from);
  }

  /** After the last event that it may have, if it is asked for at this time. */
  UUID end(Instant now) {
    UUID latest = EventIds.least(now.plusMillis(1));
    String to = values.get("to");
    UUID wanted = to == null ? latest : least("to", to);
    // Signed comparison does: the times of ids lie in the lower half.
    return wanted.compareTo(latest) < 0 ? wanted : latest;
  }

  /** Whether it asks for deliveries that were given up, which have an index. */
  boolean isOfTheDead() {
    return "dead".equals(values.get("state"));
  }
}
