package dev.serai.webhook;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How parts of a type are written that the provider writes otherwise. */
record TypeNames(Map<String, String> names) {

  private static final String OTHERS = "*";
  private static final String LOWER = "lower";

  /**
   * @param text of the option {@code typeNames}
   * @throws IllegalArgumentException naming the item that is none
   */
  static TypeNames parse(String text) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String item : SourceOptions.split(text)) {
      String[] pair = item.split("=", 2);
      if (pair.length < 2 || pair[0].isBlank() || pair[1].isBlank()) {
        throw new IllegalArgumentException(
            "inbound: option 'typeNames' has '%s'; it must be written INSERT=inserted"
                .formatted(item));
      }
      names.put(pair[0].strip(), pair[1].strip());
    }
    return new TypeNames(names);
  }

  String of(String part) {
    String name = names.getOrDefault(part, names.getOrDefault(OTHERS, part));
    return name.equals(LOWER) ? part.toLowerCase(Locale.ROOT) : name;
  }
}
