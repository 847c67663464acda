package dev.serai.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What retention has deleted, by kind. As text: {@code 1200 events, 3 days dropped}. */
public final class Forgotten {

  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, Long> left = new LinkedHashMap<>();

  /** How many of a kind are gone. */
  Forgotten add(String kind, long count) {
    if (count != 0) {
      counts.merge(kind, count, Long::sum);
    }
    return this;
  }

  /** How many of a kind were to go and could not. */
  Forgotten leave(String kind) {
    left.merge(kind, 1L, Long::sum);
    return this;
  }

  void add(Forgotten other) {
    other.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    other.left.forEach((kind, count) -> left.merge(kind, count, Long::sum));
  }

  @Override
  public String toString() {
    String gone = text(counts);
    String stay = left.isEmpty() ? "" : "; left: " + text(left);
    return (gone.isEmpty() ? "nothing" : gone) + stay;
  }

  private static String text(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }
}
