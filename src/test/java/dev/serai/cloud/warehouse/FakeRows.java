package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What BigQuery finds of streamed rows. */
final class FakeRows {

  private FakeRows() {}

  /** Location and message of what is wrong with a row; null if nothing is. */
  static @Nullable String @Nullable [] error(
      JsonNode row, JsonNode fields, boolean newestUnseen, Predicate<String> refused) {
    Map<String, JsonNode> known = new HashMap<>();
    for (int i = 0; i < fields.size() - (newestUnseen ? 1 : 0); i++) {
      known.put(fields.get(i).path("name").asText(), fields.get(i));
    }
    for (Map.Entry<String, JsonNode> value : row.path("json").properties()) {
      JsonNode field = known.get(value.getKey());
      if (field == null) {
        return new String[] {value.getKey(), "no such field: " + value.getKey() + "."};
      }
      if (!fits(field.path("type").asText(), value.getValue().asText())) {
        return new String[] {
          value.getKey(), "Cannot convert value to %s".formatted(field.path("type").asText())
        };
      }
    }
    for (JsonNode field : known.values()) {
      String name = field.path("name").asText();
      if ("REQUIRED".equals(field.path("mode").asText()) && !row.path("json").hasNonNull(name)) {
        return new String[] {"", "Missing required field: " + name + "."};
      }
    }
    return refused.test(row.at("/json/id").asText())
        ? new String[] {"kind", "Value is refused by a policy."}
        : null;
  }

  private static boolean fits(String type, String value) {
    return switch (type) {
      case "INTEGER" -> value.matches("-?\\d{1,19}");
      case "NUMERIC" -> value.matches("-?\\d{1,29}(\\.\\d{1,9})?");
      case "BOOLEAN" -> value.matches("true|false");
      case "TIMESTAMP" -> value.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
      default -> true;
    };
  }

  static void tell(
      ArrayNode errors,
      int index,
      String reason,
      @Nullable String location,
      @Nullable String message) {
    errors
        .addObject()
        .put("index", index)
        .putArray("errors")
        .addObject()
        .put("reason", reason)
        .put("location", location)
        .put("debugInfo", "")
        .put("message", message);
  }

  /** As DuckDB reads it. */
  static ObjectNode stored(JsonNode row, JsonNode fields) {
    ObjectNode stored = row.deepCopy();
    for (JsonNode field : fields) {
      String name = field.path("name").asText();
      if (stored.hasNonNull(name) && "TIMESTAMP".equals(field.path("type").asText())) {
        stored.put(name, stored.path(name).asText().replace("Z", ""));
      } else if (stored.hasNonNull(name) && "JSON".equals(field.path("type").asText())) {
        stored.set(name, json(stored.path(name).asText()));
      }
    }
    return stored;
  }

  private static JsonNode json(String text) {
    try {
      return BigQueryFake.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String described(JsonNode field) {
    return "\"%s\":\"%s\""
        .formatted(field.path("name").asText(), ColumnType.of(field.path("type").asText()).sql());
  }
}
