package dev.serai.cloud.topic;

import dev.serai.cloud.SimpleExpression;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The attributes of a message as a route writes them: {@code name=value|other=value} with
 * expressions for values, or one expression that gives a map. What an expression gives is never
 * split.
 */
final class Attributes {

  private final Map<String, String> values = new LinkedHashMap<>();
  private final String map;

  /**
   * @throws IllegalArgumentException naming the attribute that is not written like that
   */
  Attributes(String text) {
    boolean whole = text.startsWith("${") && text.indexOf('}') == text.length() - 1;
    map = whole ? text : "";
    for (String part : whole ? new String[0] : text.split("\\|", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        values.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      } else if (!part.isBlank()) {
        throw new IllegalArgumentException(
            "topic-publish: parameter 'attributes' has '%s'; it must be written name=value|name=value"
                .formatted(part.strip()));
      }
    }
  }

  /** Those that have a value for this message. */
  Map<String, String> of(Exchange exchange) {
    Map<String, String> found = new LinkedHashMap<>();
    if (!map.isEmpty()) {
      Map<?, ?> given =
          exchange
              .getContext()
              .resolveLanguage("simple")
              .createExpression(map)
              .evaluate(exchange, Map.class);
      if (given != null) {
        given.forEach(
            (name, value) -> {
              if (value != null) {
                found.put(String.valueOf(name), String.valueOf(value));
              }
            });
      }
    }
    values.forEach(
        (name, expression) -> {
          String value = SimpleExpression.value(exchange, expression);
          if (!value.isEmpty()) {
            found.put(name, value);
          }
        });
    return found;
  }
}
