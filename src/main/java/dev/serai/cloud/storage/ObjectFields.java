package dev.serai.cloud.storage;

import dev.serai.cloud.SimpleExpression;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** What an author says of an object: it is sent as headers of HTTP, and so has to fit there. */
final class ObjectFields {

  private static final int MOST_METADATA = 8 * 1024;

  private ObjectFields() {}

  /** Null, if it is empty. */
  static @Nullable String header(Exchange exchange, String parameter, String expression)
      throws ObjectRefusedException {
    return checked(parameter, SimpleExpression.value(exchange, expression).strip());
  }

  static @Nullable String checked(String field, String value) throws ObjectRefusedException {
    if (value.length() > 256 || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new ObjectRefusedException(
          "The %s has %s characters; it may have 256, all of them ASCII and none a line break"
              .formatted(field, value.length()));
    }
    return value.isEmpty() ? null : value;
  }

  /** A map, or text such as {@code order: 4711|kind: invoice}. */
  static Map<String, String> metadata(Exchange exchange, String expression)
      throws ObjectRefusedException {
    Object value = SimpleExpression.object(exchange, expression);
    Map<String, String> metadata = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, item) -> metadata.put(String.valueOf(name), String.valueOf(item)));
    } else if (value != null) {
      for (String item : value.toString().split("\\|", -1)) {
        int colon = item.indexOf(':');
        if (!item.isBlank() && colon < 1) {
          throw new ObjectRefusedException(
              "metadata has '%s', which is no name: value".formatted(item.strip()));
        }
        if (!item.isBlank()) {
          metadata.put(item.substring(0, colon).strip(), item.substring(colon + 1).strip());
        }
      }
    }
    long size =
        metadata.entrySet().stream()
            .mapToLong(item -> utf8(item.getKey()) + utf8(item.getValue()))
            .sum();
    if (size > MOST_METADATA) {
      throw new ObjectRefusedException(
          "metadata has %s bytes; it may have %s".formatted(size, MOST_METADATA));
    }
    return metadata;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
