package dev.serai.cloud.warehouse;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The warehouse can't be used as it is; another try may end otherwise, once it is mended. */
public final class WarehouseException extends Exception {

  private static final Pattern HOLDER = Pattern.compile("\\(PID (\\d+)\\)");

  WarehouseException(String message) {
    super(message);
  }

  WarehouseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What DuckDB said, with what can be done about it. */
  static WarehouseException of(Path file, SQLException cause) {
    String said = firstLine(cause);
    return new WarehouseException(
        "The warehouse %s %s. DuckDB says: %s".formatted(file, advice(said), said), cause);
  }

  private static String advice(String said) {
    if (said.contains("Could not set lock")) {
      Matcher holder = HOLDER.matcher(said);
      return "is open in another process%s, and only one can have it: end that one, let one hub alone use this data directory, or set serai.cloud=gcp"
          .formatted(holder.find() ? ", " + holder.group(1) : "");
    }
    if (said.contains("No space left") || said.contains("not enough disk space")) {
      return "can't be written, because its disk is full: make room there";
    }
    if (said.contains("not a valid DuckDB")
        || said.contains("orrupt")
        || said.contains("checksum")) {
      return "is damaged: stop the hub, move the file and its .wal away or put a copy back, and"
          + " replay the events of its sinks";
    }
    if (said.contains("Permission denied") || said.contains("Read-only file system")) {
      return "can't be opened: the hub's user must be able to write the file and its folder";
    }
    return "can't be used";
  }

  static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing");
  }
}
