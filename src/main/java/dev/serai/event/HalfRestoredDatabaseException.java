package dev.serai.event;

import org.flywaydb.core.api.FlywayException;

/** The restoration of a backup into the database has not ended. */
public final class HalfRestoredDatabaseException extends FlywayException {

  HalfRestoredDatabaseException(String database) {
    super(
        String.join(
            " ",
            "A backup is being restored into the database '%s', or was, and ended half-way:"
                .formatted(database),
            "it has the schema serai_restore. Wait until 'backup restore' has ended, or run it"
                + " again;",
            "to give up what was restored, drop that schema and those of serai"));
  }
}
