package dev.serai.redis.backup;

/** A backup or a restoration can't be made like this; the message names the parameter. */
public final class InvalidBackupException extends RuntimeException {

  InvalidBackupException(String field, String problem) {
    super("'%s' %s".formatted(field, problem));
  }
}
