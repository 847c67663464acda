package dev.serai.archive;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the names of objects say; reads none. */
final class ListWalk extends EventWalk {

  private final Map<String, long[]> days = new TreeMap<>();

  ListWalk(ArchiveRange range) {
    super(range, "events", "bytes");
  }

  @Override
  boolean isRead(ObjectName name, long size) {
    count("objects", 1);
    count("events", name.count());
    count("bytes", size);
    long[] day =
        days.computeIfAbsent("%s %s".formatted(name.source(), name.date()), key -> new long[3]);
    day[0]++;
    day[1] += name.count();
    day[2] += size;
    return false;
  }

  @Override
  void look(String name, Lines lines) {
    throw new IllegalStateException("Nothing is read");
  }

  /** A line for each source and day. */
  @Override
  public List<String> lines() {
    return days.entrySet().stream()
        .map(
            day ->
                "%s: %s objects, %s events, %s bytes"
                    .formatted(
                        day.getKey(), day.getValue()[0], day.getValue()[1], day.getValue()[2]))
        .toList();
  }
}
