package dev.serai.event;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The event log can't be reached or does not answer in time; nothing is known to be stored. */
public final class StorageException extends RuntimeException {

  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static StorageException of(@Nullable Throwable cause) {
    String message = cause == null ? "unknown" : cause.getMessage();
    return new StorageException("The event log can't be written: " + message, cause);
  }

  /** Whether it is the event that PostgreSQL refuses, so that another try would end the same. */
  public boolean isOfData() {
    return getCause() instanceof SQLException sql && isOfData(sql);
  }

  /** Classes 22 (data exception), 23 (integrity) and 54 (limit exceeded) of SQL states. */
  static boolean isOfData(SQLException e) {
    String state = e.getSQLState();
    return state != null && state.matches("(22|23|54).*");
  }
}
