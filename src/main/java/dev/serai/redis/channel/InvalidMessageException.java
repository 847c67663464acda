package dev.serai.redis.channel;

/** What was to be published can't be; the message names the field. */
public final class InvalidMessageException extends RuntimeException {

  InvalidMessageException(String field, String problem) {
    super("'%s' %s".formatted(field, problem));
  }
}
