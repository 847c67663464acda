package dev.serai.redis;

/** A value was computed by another hub, which failed. */
public final class ComputationFailedException extends RuntimeException {

  ComputationFailedException(String problem) {
    super("Another hub could not compute the value: " + problem);
  }
}
