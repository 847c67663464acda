package dev.serai.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the command {@code INFO} says.
 *
 * @param values by name
 */
public record ServerInfo(Map<String, String> values) {

  static ServerInfo parse(String info) {
    Map<String, String> values = new LinkedHashMap<>();
    info.lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> values.put(parts[0], parts[1].strip()));
    return new ServerInfo(values);
  }

  /** A number; NaN, if this Redis does not tell it. */
  public double number(String name) {
    try {
      return Double.parseDouble(values.getOrDefault(name, "NaN"));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** A text; "unknown", if this Redis does not tell it. */
  public String text(String name) {
    return values.getOrDefault(name, "unknown");
  }

  /** The keys of all databases together. */
  public long keys() {
    return values.entrySet().stream()
        .filter(entry -> entry.getKey().matches("db\\d+"))
        .flatMap(entry -> Stream.of(entry.getValue().split(",", -1)))
        .filter(part -> part.startsWith("keys="))
        .mapToLong(part -> Long.parseLong(part.substring("keys=".length())))
        .sum();
  }
}
