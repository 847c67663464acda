package dev.serai.backup;

import java.util.List;

/** A backup is restored into an empty database only, and this one is not. */
public final class OccupiedDatabaseException extends RuntimeException {

  OccupiedDatabaseException(String database, List<String> there) {
    super(
        "The database '%s' is not empty: %s. Restore into one that has none of these schemas, such as a new one; nothing was changed"
            .formatted(database, String.join(", ", there)));
  }
}
