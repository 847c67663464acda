package dev.serai.archive;

import dev.serai.event.LoggedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A walk through the objects with events. */
abstract class EventWalk extends ArchiveWalk {

  private final ArchiveRange range;

  EventWalk(ArchiveRange range, String... counted) {
    super(range.prefix(), counted);
    this.range = range;
  }

  @Override
  final boolean wants(String name, long size) {
    Optional<ObjectName> parsed = ObjectName.parse(name);
    if (parsed.isEmpty()) {
      damaged(name, "is no name of the archive");
      return false;
    }
    return range.has(parsed.get()) && isRead(parsed.get(), size);
  }

  /** Whether it must be read; some walks know enough by its name. */
  boolean isRead(ObjectName name, long size) {
    return true;
  }

  @Override
  final void look(String name, InputStream in) throws IOException, SQLException {
    try (ArchiveReader reader = new ArchiveReader(ObjectName.parse(name).orElseThrow(), in)) {
      look(name, new Lines(name, reader));
    }
  }

  abstract void look(String name, Lines lines) throws IOException, SQLException;

  final ArchiveRange range() {
    return range;
  }

  /** The events of an object; what is damaged is noted and left out. */
  final class Lines {
    private final String name;
    private final ArchiveReader reader;
    private boolean whole = true;

    private Lines(String name, ArchiveReader reader) {
      this.name = name;
      this.reader = reader;
    }

    /** The next one that can be read; null at the end. */
    @Nullable LoggedEvent next() throws IOException {
      while (true) {
        int before = reader.lines();
        try {
          return reader.next();
        } catch (DamagedArchiveException e) {
          whole = false;
          damaged(name, String.valueOf(e.getMessage()));
          if (reader.lines() == before) {
            return null; // at its end
          }
        }
      }
    }

    /** Whether nothing of what was read was damaged. */
    boolean isWhole() {
      return whole;
    }
  }
}
