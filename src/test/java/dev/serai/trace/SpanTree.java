package dev.serai.trace;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The spans of a trace as a tree, a line each. */
record SpanTree(List<OtlpReceiver.Seen> spans) {

  /** Kind, name, attempt and error; for those whose parent is elsewhere, its id. */
  String text() {
    Set<String> ids = spans.stream().map(OtlpReceiver.Seen::id).collect(Collectors.toSet());
    return spans.stream()
        .filter(span -> !ids.contains(span.parent()))
        .flatMap(root -> lines(root, "", root.parent().isEmpty() ? "" : " < " + root.parent()))
        .collect(Collectors.joining("\n"));
  }

  private Stream<String> lines(OtlpReceiver.Seen span, String indent, String end) {
    String line =
        Stream.of(
                span.kind(),
                span.name(),
                span.tags().getOrDefault("serai.attempt", ""),
                span.tags().getOrDefault("error.type", ""))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" "));
    return Stream.concat(
        Stream.of(indent + line + end),
        spans.stream()
            .filter(child -> child.parent().equals(span.id()))
            .sorted(Comparator.comparing(child -> child.tags().getOrDefault("serai.attempt", "")))
            .flatMap(child -> lines(child, indent + " ", "")));
  }

  /** The id of the one span with this name. */
  String id(String name) {
    List<String> found =
        spans.stream().filter(span -> span.name().equals(name)).map(OtlpReceiver.Seen::id).toList();
    if (found.size() != 1) {
      throw new AssertionError("%s: %s".formatted(name, found));
    }
    return found.getFirst();
  }
}
