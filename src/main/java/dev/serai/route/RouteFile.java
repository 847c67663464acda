package dev.serai.route;

import dev.serai.route.check.RouteDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a file: the text that runs, and why it is not the newest. */
final class RouteFile {

  private @Nullable RouteDocument running;
  private Instant loadedAt = Instant.EPOCH;
  private List<RouteProblem> problems = List.of();

  /** The last good text: what runs. */
  @Nullable RouteDocument running() {
    return running;
  }

  void runs(RouteDocument document, Instant at) {
    running = document;
    loadedAt = at;
    problems = List.of();
  }

  Instant loadedAt() {
    return loadedAt;
  }

  List<String> ids() {
    return running == null ? List.of() : running.ids();
  }

  List<RouteProblem> problems() {
    return problems;
  }

  /** Takes the problems of its newest text; one that is known keeps its time. Returns the new. */
  List<RouteProblem> fails(List<RouteProblem> found) {
    List<RouteProblem> fresh = new ArrayList<>();
    List<RouteProblem> all = new ArrayList<>();
    for (RouteProblem problem : found) {
      RouteProblem known = problems.stream().filter(problem::isSame).findFirst().orElse(problem);
      all.add(known);
      if (known == problem) {
        fresh.add(problem);
      }
    }
    problems = List.copyOf(all);
    return fresh;
  }
}
