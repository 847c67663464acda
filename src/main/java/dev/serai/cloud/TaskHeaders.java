package dev.serai.cloud;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;

/** Headers of a task as a route writes them: {@code Name: value|Other: value}, with expressions. */
final class TaskHeaders {

  private static final String WHERE = "task-create: parameter 'headers'";

  private final Map<String, String> values = new LinkedHashMap<>();

  TaskHeaders(String text) {
    for (String part : text.split("\\|", -1)) {
      if (!part.isBlank()) {
        int colon = part.indexOf(':');
        String name = colon < 0 ? "" : part.substring(0, colon).strip();
        SinkHeaders.check(WHERE, values.size() + 1, name, "");
        TaskRequest.require(
            !name.toLowerCase(Locale.ROOT).startsWith("x-cloudtasks-"),
            "parameter 'headers' has '%s', which the queue sets itself".formatted(name));
        values.put(name, part.substring(colon + 1).strip());
      }
    }
  }

  /**
   * @throws IllegalArgumentException naming the one whose value can't be one, without the value
   */
  Map<String, String> of(Exchange exchange) {
    Map<String, String> headers = new LinkedHashMap<>();
    values.forEach(
        (name, expression) -> {
          String value = SimpleExpression.value(exchange, expression);
          SinkHeaders.check(WHERE, headers.size() + 1, name, value);
          headers.put(name, value);
        });
    return headers;
  }
}
