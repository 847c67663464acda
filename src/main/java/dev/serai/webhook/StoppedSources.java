package dev.serai.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sources whose routes have stopped: for a moment they count as being replaced, then as gone. */
final class StoppedSources {

  private static final Duration SWAP = Duration.ofSeconds(30);

  private final Map<String, Stopped> byPath = new ConcurrentHashMap<>();

  void add(String path, String source) {
    byPath.put(path, new Stopped(source, System.nanoTime()));
  }

  /** Whether the route of a path may be about to come back. */
  boolean isJustNow(String path) {
    Stopped stopped = byPath.get(path);
    return stopped != null && !stopped.isGone(System.nanoTime());
  }

  /** Those that are gone at this time of the machine; each is named once. */
  List<String> gone(long now) {
    List<String> gone = new ArrayList<>();
    byPath.values().removeIf(stopped -> stopped.isGone(now) && gone.add(stopped.source));
    return gone;
  }

  private record Stopped(String source, long nanos) {
    boolean isGone(long now) {
      return now - nanos >= SWAP.toNanos();
    }
  }
}
