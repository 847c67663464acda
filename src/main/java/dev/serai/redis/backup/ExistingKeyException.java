package dev.serai.redis.backup;

/** A key of a backup is there already, and it was asked that none be; nothing was written. */
public final class ExistingKeyException extends RuntimeException {

  ExistingKeyException(String key) {
    super(
        "Key '%s' is there already, so nothing was written; mode replace or skip says what to do"
            .formatted(key));
  }
}
