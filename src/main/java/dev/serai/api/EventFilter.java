package dev.serai.api;

import static io.swagger.v3.oas.annotations.enums.ParameterIn.QUERY;

import io.swagger.v3.oas.annotations.Parameter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a listing of events is narrowed to.
 *
 * @param conditions SQL on {@code serai.event e}, with named parameters
 * @param parameters their values
 * @param limit most events of a page
 */
record EventFilter(List<String> conditions, Map<String, Object> parameters, int limit) {

  private static final int MAX_LIMIT = 1000;

  private static final String[] KNOWN = {
    "source", "type", "key", "workspace", "state", "from", "to", "cursor", "limit"
  };

  /** With the events that came under this key and contradict its first, at key~hash. */
  private static final String KEY =
      """
      e.id in (select event_id from serai.event_key
        where key = :key or key > :key || '~' and key < :key || chr(127))
      """;

  /** Says of a listing which parameters {@link #of} takes. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @Parameter(in = QUERY, name = "source", description = "only events of this source")
  @Parameter(in = QUERY, name = "type", description = "only events of this type")
  @Parameter(in = QUERY, name = "key", description = "only events of this dedupe key")
  @Parameter(in = QUERY, name = "workspace", description = "only events of this workspace")
  @Parameter(
      in = QUERY,
      name = "state",
      description =
          "only events with a delivery in this state: ready, running, done, dead, cancelled or"
              + " skipped; or conflict")
  @Parameter(in = QUERY, name = "from", description = "only events received then or later")
  @Parameter(in = QUERY, name = "to", description = "only events received before")
  @interface Described {}

  private static final Set<String> STATES =
      new TreeSet<>(Set.of("ready", "running", "done", "dead", "cancelled", "skipped", "conflict"));

  /**
   * @throws Problem naming the parameter that is unknown or has no sense
   */
  static EventFilter of(Map<String, String> query) {
    List<String> conditions = new ArrayList<>();
    Map<String, Object> parameters = new LinkedHashMap<>();
    int limit = new QueryParameters(query, KNOWN).limit();
    for (Map.Entry<String, String> entry : query.entrySet()) {
      String name = entry.getKey();
      String value = entry.getValue();
      switch (name) {
        case "limit" -> {}
        case "from" ->
            put(conditions, parameters, "e.id >= :from", name, QueryParameters.least(name, value));
        case "to" ->
            put(conditions, parameters, "e.id < :to", name, QueryParameters.least(name, value));
        case "cursor" -> put(conditions, parameters, "e.id < :cursor", name, uuid(name, value));
        case "key" -> put(conditions, parameters, KEY, name, value);
        case "state" -> put(conditions, parameters, state(value), name, value);
        default -> put(conditions, parameters, "e.%s = :%s".formatted(name, name), name, value);
      }
    }
    return new EventFilter(conditions, parameters, limit);
  }

  private static void put(
      List<String> conditions,
      Map<String, Object> parameters,
      String condition,
      String name,
      Object value) {
    conditions.add(condition);
    parameters.put(name, value);
  }

  /** Open and dead deliveries have an index, which these conditions use. */
  private static String state(String value) {
    if (!STATES.contains(value)) {
      throw Problem.badRequest(
          "Parameter 'state' is '%s'; it must be one of %s".formatted(value, STATES));
    }
    return switch (value) {
      case "conflict" -> "e.conflict and :state = 'conflict'";
      case "ready", "running" ->
          "e.id in (select event_id from serai.delivery where open and state = :state)";
      case "dead" -> "e.id in (select event_id from serai.delivery where dead and state = :state)";
      default ->
          "exists (select from serai.delivery d where d.event_id = e.id and d.state = :state)";
    };
  }

  static int limit(String value) {
    if (!value.matches("\\d{1,6}")) {
      throw badLimit(value);
    }
    int limit = Integer.parseInt(value);
    requireLimit(limit);
    return limit;
  }

  /** A page of any listing has at least one row and at most 1,000. */
  static void requireLimit(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw badLimit(limit);
    }
  }

  private static Problem badLimit(Object value) {
    return Problem.badRequest(
        "Parameter 'limit' is '%s'; it must be 1 to %s".formatted(value, MAX_LIMIT));
  }

  static UUID uuid(String name, String value) {
    try {
      return UUID.fromString(value);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("'%s' is '%s'; it must be an id".formatted(name, value));
    }
  }
}
