package dev.serai.catalogue;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Types without a schema of which this hub has had events: some, because senders make them up. */
final class Seen {

  private static final int MOST = 200;

  private final Set<String> types = ConcurrentHashMap.newKeySet();

  void add(String type) {
    if (!types.contains(type) && types.size() < MOST) {
      types.add(type);
    }
  }

  /** The first of them since the start, 200 at most. */
  Set<String> types() {
    return new TreeSet<>(types);
  }
}
