package dev.serai.backup;

/** So no backup would be left. */
public final class InvalidBackupKeepingException extends RuntimeException {

  InvalidBackupKeepingException(int daily, int weekly) {
    super(
        "Parameter 'daily' is %s and must be 1 or more, 'weekly' is %s and must be 0 or more"
            .formatted(daily, weekly));
  }
}
