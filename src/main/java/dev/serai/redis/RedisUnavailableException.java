package dev.serai.redis;

/** Redis can't be reached, or refuses this hub; whoever asked may try again in a moment. */
public final class RedisUnavailableException extends RuntimeException {

  RedisUnavailableException(String problem) {
    super("Redis can't be used: " + problem);
  }
}
