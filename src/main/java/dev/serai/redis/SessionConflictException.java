package dev.serai.redis;

/** A session was changed by others since it was read. */
public final class SessionConflictException extends RuntimeException {

  SessionConflictException(String id, long expected) {
    super("Session '%s' does not have version %s any more".formatted(id, expected));
  }
}
