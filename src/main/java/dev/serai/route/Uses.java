package dev.serai.route;

import dev.serai.route.check.RouteDocument;
import dev.serai.route.check.RouteNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.support.PatternHelper;
import org.jspecify.annotations.Nullable;

/** Which files use a Kamelet or a route configuration of another. */
final class Uses {

  private Uses() {}

  /**
   * The users of a file, also those by way of other Kamelets.
   *
   * @param before what the file was
   */
  static List<RouteDocument> of(
      List<RouteDocument> running, @Nullable RouteDocument before, RouteDocument now) {
    Set<RouteDocument> users = new LinkedHashSet<>();
    List<RouteDocument> open = new ArrayList<>(List.of(now));
    if (before != null) {
      open.add(before);
    }
    while (!open.isEmpty()) {
      RouteDocument used = open.removeFirst();
      for (RouteDocument document : running) {
        if (!document.name().equals(now.name()) && uses(document, used) && users.add(document)) {
          open.add(document);
        }
      }
    }
    return List.copyOf(users);
  }

  private static boolean uses(RouteDocument document, RouteDocument used) {
    if (used.isKamelet()) {
      return !used.kamelet().isEmpty()
          && Pattern.compile("(?<![\\w-])%s(?![\\w-])".formatted(Pattern.quote(used.kamelet())))
              .matcher(document.text())
              .find();
    }
    return used.configurations().keySet().stream()
        .anyMatch(id -> document.routes().stream().anyMatch(route -> names(route, id)));
  }

  private static boolean names(RouteNode route, String configuration) {
    String named = route.configuration();
    return named.isEmpty()
        ? configuration.isEmpty()
        : PatternHelper.matchPatterns(configuration, named.split("\\s*,\\s*"));
  }
}
