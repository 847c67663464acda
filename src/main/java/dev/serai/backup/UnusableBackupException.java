package dev.serai.backup;

import org.jspecify.annotations.Nullable;

/** A backup that is damaged, not whole, or newer than this hub; says which part of it, and why. */
public final class UnusableBackupException extends RuntimeException {

  UnusableBackupException(String message) {
    this(message, null);
  }

  UnusableBackupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
