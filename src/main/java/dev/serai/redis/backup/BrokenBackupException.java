package dev.serai.redis.backup;

import org.jspecify.annotations.Nullable;

/** A file is no backup, or not a whole one; nothing of it was written. */
public final class BrokenBackupException extends RuntimeException {

  BrokenBackupException(String problem) {
    this(problem, null);
  }

  BrokenBackupException(String problem, @Nullable Throwable cause) {
    super("The backup can't be used: " + problem, cause);
  }
}
