package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.event.ReplayFilter;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What shall be delivered again.
 *
 * @param filter which events
 * @param subscription the only one to deliver to, or null for all that match
 * @param rate deliveries a second, or null for the default
 * @param dryRun whether to count only
 * @param reason for the record
 */
record ReplayRequest(
    ReplayFilter filter,
    @Nullable String subscription,
    @Nullable Integer rate,
    boolean dryRun,
    @Nullable String reason) {

  /** What the time of a dead letter is called in a filter: there, from and to are of its death. */
  private static final Map<String, String> OF_DEATH = Map.of("from", "died_from", "to", "died_to");

  /**
   * Reads the request for a replay.
   *
   * @throws Problem naming the parameter that is unknown or has no sense
   */
  static ReplayRequest ofEvents(JsonNode json) {
    Reader reader = new Reader(json);
    Map<String, String> filter = reader.rest(Map.of());
    reader.requireSome(!filter.isEmpty(), "a filter, such as source, type or from");
    return reader.request(filter);
  }

  /** Reads the request for another attempt at dead letters. */
  static ReplayRequest ofDeadLetters(JsonNode json) {
    Reader reader = new Reader(json);
    Map<String, String> filter = reader.rest(OF_DEATH);
    if (filter.containsKey("state")) {
      throw Problem.badRequest("There is no parameter 'state': these are all dead");
    }
    boolean narrowed = !filter.isEmpty() || reader.subscription != null;
    reader.requireSome(narrowed, "a filter, such as cause, subscription or type");
    filter.put("state", "dead");
    return reader.request(filter);
  }

  /** Takes the members of the request that are no filter. */
  private static final class Reader {
    private final Map<String, JsonNode> members = new TreeMap<>();
    private final boolean all;
    private final @Nullable String subscription;
    private final @Nullable Integer rate;
    private final boolean dryRun;
    private final @Nullable String reason;

    Reader(JsonNode json) {
      if (!json.isObject()) {
        throw Problem.badRequest("The body must be a JSON object");
      }
      json.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
      members.values().removeIf(JsonNode::isNull);
      this.all = flag("all");
      this.dryRun = flag("dry_run") | flag("dryRun");
      this.subscription = text("subscription");
      this.reason = text("reason");
      JsonNode number = members.remove("rate");
      if (number != null && !number.canConvertToExactIntegral()) {
        throw Problem.badRequest(
            "Parameter 'rate' is '%s'; it must be a whole number".formatted(number.asText()));
      }
      this.rate = number == null ? null : Math.clamp(number.asLong(), -1, Integer.MAX_VALUE);
    }

    private boolean flag(String name) {
      JsonNode value = members.remove(name);
      if (value != null && !value.isBoolean()) {
        throw Problem.badRequest(
            "Parameter '%s' is '%s'; it must be true or false".formatted(name, value.asText()));
      }
      return value != null && value.asBoolean();
    }

    private @Nullable String text(String name) {
      JsonNode value = members.remove(name);
      if (value != null && !value.isTextual()) {
        throw Problem.badRequest("Parameter '%s' must be a text".formatted(name));
      }
      return value == null ? null : value.asText();
    }

    /** What is left is the filter, under other names where there are such. */
    Map<String, String> rest(Map<String, String> names) {
      Map<String, String> filter = new TreeMap<>();
      for (Map.Entry<String, JsonNode> member : Map.copyOf(members).entrySet()) {
        String value = text(member.getKey());
        filter.put(names.getOrDefault(member.getKey(), member.getKey()), String.valueOf(value));
      }
      return filter;
    }

    void requireSome(boolean narrowed, String what) {
      if (all == narrowed) {
        throw Problem.badRequest(
            all
                ? "Parameter 'all' is true; it must not come with a filter"
                : "Name %s, or say \"all\": true".formatted(what));
      }
    }

    ReplayRequest request(Map<String, String> filter) {
      try {
        return new ReplayRequest(ReplayFilter.of(filter), subscription, rate, dryRun, reason);
      } catch (IllegalArgumentException e) {
        // The parameter as the caller knows it.
        throw Problem.badRequest(String.valueOf(e.getMessage()).replace("'died_", "'"));
      }
    }
  }
}
