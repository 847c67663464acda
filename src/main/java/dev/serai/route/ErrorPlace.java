package dev.serai.route;

import dev.serai.route.check.Finding;
import dev.serai.route.check.RouteDocument;
import dev.serai.route.check.RouteNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.springframework.core.NestedExceptionUtils;

/** Finds the line that an exception of Camel is about, which seldom says it. */
final class ErrorPlace {

  /**
   * What messages name: '...', [...], {{...}}, {option=...}, component://, and words of options.
   */
  private static final Pattern NAMES =
      Pattern.compile(
          "'([^']{2,})'|\\{\\{\\??([^}:]+)|\\{([A-Za-z]\\w*)=|\\b([a-z][a-z0-9-]*)(?=://|:\\S)"
              + "|\\[([\\w.:-]{2,})]|(?:named|id:|name:|bean:|property:?|component|language|key)\\s+\\[?([\\w.~-]+)");

  private ErrorPlace() {}

  static Finding of(RouteDocument document, Exception failure) {
    return Finding.error(document.name(), line(document, failure), message(failure));
  }

  /** The innermost reason, as Camel says it, without the ids of trials. */
  private static String message(Throwable failure) {
    Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof MarkedYamlEngineException marked && marked.getProblem() != null) {
      message = marked.getProblem();
    }
    return message.replace(CamelRoutes.TRIAL, "").strip();
  }

  private static int line(RouteDocument document, Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      chain.addFirst(cause);
    }
    for (Throwable cause : chain) {
      if (cause instanceof MarkedYamlEngineException marked
          && marked.getProblemMark().isPresent()) {
        return marked.getProblemMark().get().getLine() + 1;
      }
    }
    int[] part = part(document, chain);
    for (int[] range : List.of(part, new int[] {1, Integer.MAX_VALUE})) {
      int line = line(document, chain, range);
      if (line > 0) {
        return line;
      }
    }
    return part[0];
  }

  /** The lines of the route that failed, if that is known. */
  private static int[] part(RouteDocument document, List<Throwable> chain) {
    String id = "";
    for (Throwable cause : chain) {
      if (cause instanceof FailedToCreateRouteException failed) {
        id = String.valueOf(failed.getRouteId());
      } else if (cause instanceof FailedToStartRouteException failed) {
        id = String.valueOf(failed.getRouteId());
      }
    }
    id = id.replace(CamelRoutes.TRIAL, "");
    int first = 0;
    for (RouteNode route : document.routes()) {
      if (first > 0) {
        return new int[] {first, route.line()};
      }
      if (route.id().equals(id)) {
        first = route.line();
      }
    }
    return new int[] {Math.max(first, 1), Integer.MAX_VALUE};
  }

  private static int line(RouteDocument document, List<Throwable> chain, int[] range) {
    List<String> lines = document.text().lines().toList();
    for (Throwable cause : chain) {
      Matcher names =
          NAMES.matcher(String.valueOf(cause.getMessage()).replace(CamelRoutes.TRIAL, ""));
      while (names.find()) {
        int line = lineOf(lines, range, name(names));
        if (line > 0) {
          return line;
        }
      }
    }
    return 0;
  }

  private static String name(Matcher names) {
    for (int i = 1; i <= names.groupCount(); i++) {
      if (names.group(i) != null) {
        return names.group(i);
      }
    }
    return "";
  }

  /** Where a name stands as a whole word, as a key first. */
  private static int lineOf(List<String> lines, int[] range, String name) {
    for (String form : List.of("^\\s*(- )?%s:", "(^|[^\\w-])%s([^\\w-]|$)")) {
      Pattern pattern = Pattern.compile(form.formatted(Pattern.quote(name)));
      for (int i = range[0] - 1; i < Math.min(lines.size(), range[1]); i++) {
        if (!lines.get(i).startsWith("#") && pattern.matcher(lines.get(i)).find()) {
          return i + 1;
        }
      }
    }
    return 0;
  }
}
