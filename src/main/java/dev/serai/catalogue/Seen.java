package dev.serai.catalogue;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** Types without a schema of which this hub has had events: some, because senders make them up. */
final class Seen {

  private static final int MOST = 200;

  private final Set<String> types = new LinkedHashSet<>();

  synchronized void add(String type) {
    if (types.add(type) && types.size() > MOST) {
      types.remove(types.iterator().next());
    }
  }

  /** Those that were new last, 200 at most. */
  synchronized Set<String> types() {
    return new TreeSet<>(types);
  }
}
