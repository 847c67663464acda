package dev.serai.event;

import org.jspecify.annotations.Nullable;

/** The event log can't be reached or does not answer in time; nothing is known to be stored. */
public final class StorageException extends RuntimeException {

  StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static StorageException of(@Nullable Throwable cause) {
    String message = cause == null ? "unknown" : cause.getMessage();
    return new StorageException("The event log can't be written: " + message, cause);
  }
}
