package dev.serai.route;

import dev.serai.route.check.RouteDocument;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is different in the folder.
 *
 * @param written files that are new or have another text
 * @param gone files that were there
 */
record Changes(Set<String> written, Set<String> gone) {

  static Changes between(Map<String, String> before, Map<String, String> now) {
    Set<String> written = new TreeSet<>();
    now.forEach(
        (name, text) -> {
          if (!text.equals(before.get(name))) {
            written.add(name);
          }
        });
    Set<String> gone = new TreeSet<>(before.keySet());
    gone.removeAll(now.keySet());
    return new Changes(written, gone);
  }

  boolean isEmpty() {
    return written.isEmpty() && gone.isEmpty();
  }

  /** Files that name a changed file which is no route, such as SQL, or use one that is gone. */
  Collection<String> users(List<RouteDocument> running) {
    Set<String> users = new TreeSet<>();
    for (RouteDocument document : running) {
      if (written.stream().anyMatch(name -> isBeside(name) && document.text().contains(name))
          || gone.stream().anyMatch(name -> isBeside(name) && document.text().contains(name))) {
        users.add(document.name());
      }
      if (gone.contains(document.name())) {
        Uses.of(running, document, document).forEach(user -> users.add(user.name()));
      }
    }
    return users;
  }

  private static boolean isBeside(String name) {
    return Order.of(name) == Order.OTHER;
  }
}
