package dev.serai.bus;

import dev.serai.event.Event;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event must be like for a subscription, beside its type and source.
 *
 * @param text as the author wrote it
 * @param conditions all of which must hold
 */
record Filter(String text, List<Condition> conditions) {

  /** Every event passes. */
  static final Filter NONE = new Filter("", List.of());

  private static final String AND = " and ";

  /**
   * @throws IllegalArgumentException naming the condition that is none
   */
  static Filter parse(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return NONE;
    }
    return new Filter(stripped, parts(stripped, AND).stream().map(Condition::parse).toList());
  }

  @Nullable String textOrNull() {
    return text.isEmpty() ? null : text;
  }

  /**
   * The first condition that an event does not meet, or null. A body that is no JSON has no values.
   */
  @Nullable String unmet(Event event) {
    if (conditions.isEmpty()) {
      return null;
    }
    EventValues values = new EventValues(event);
    for (Condition condition : conditions) {
      if (!condition.test(values)) {
        return condition.text();
      }
    }
    return null;
  }

  /** The parts between separators; what stands in single quotes is not looked into. */
  static List<String> parts(String text, String separator) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\'') {
        quoted = !quoted;
      } else if (!quoted && text.startsWith(separator, i)) {
        parts.add(text.substring(begin, i).strip());
        begin = i + separator.length();
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    parts.add(text.substring(begin).strip());
    return parts;
  }
}
