package dev.serai.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Event types as a subscription writes them: {@code *} stands for one segment, a last {@code *} for
 * one or more.
 */
public final class TypePattern implements Predicate<String> {

  private static final Pattern VALID = Pattern.compile("(\\*|[^.*,\\s]+)(\\.(\\*|[^.*,\\s]+))*");

  private final List<String> types;
  private final Set<String> exact;
  private final List<Pattern> wild;

  /**
   * @throws IllegalArgumentException naming the pattern that is none
   */
  public TypePattern(List<String> types) {
    for (String type : types) {
      if (!VALID.matcher(type).matches()) {
        throw new IllegalArgumentException(
            "'%s' is no event type: segments divided by dots, each a name or *".formatted(type));
      }
    }
    this.types = List.copyOf(types);
    this.exact =
        types.stream().filter(type -> !type.contains("*")).collect(Collectors.toUnmodifiableSet());
    this.wild =
        types.stream().filter(type -> type.contains("*")).map(TypePattern::compile).toList();
  }

  private static Pattern compile(String type) {
    List<String> segments = List.of(type.split("\\.", -1));
    int last = segments.size() - 1;
    String head =
        segments.stream()
            .limit(last)
            .map(segment -> segment.equals("*") ? "[^.]+" : Pattern.quote(segment))
            .map(segment -> segment + "\\.")
            .collect(Collectors.joining());
    String tail = segments.get(last).equals("*") ? ".+" : Pattern.quote(segments.get(last));
    return Pattern.compile(head + tail);
  }

  /** Those without a star. */
  String[] exact() {
    return exact.toArray(String[]::new);
  }

  /** Those with one, as PostgreSQL writes an expression. */
  String regex() {
    return types.stream()
        .filter(type -> type.contains("*"))
        .map(TypePattern::expression)
        .collect(Collectors.joining("|", "^(?:", ")$"));
  }

  private static String expression(String type) {
    List<String> segments = List.of(type.split("\\.", -1));
    int last = segments.size() - 1;
    List<String> parts = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      String segment = segments.get(i);
      String any = i == last ? ".+" : "[^.]+";
      parts.add(segment.equals("*") ? any : segment.replaceAll("([\\p{Punct}&&[^_]])", "\\\\$1"));
    }
    return String.join("\\.", parts);
  }

  @Override
  public boolean test(String type) {
    return exact.contains(type)
        || wild.stream().anyMatch(pattern -> pattern.matcher(type).matches());
  }
}
