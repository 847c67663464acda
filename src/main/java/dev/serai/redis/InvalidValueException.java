package dev.serai.redis;

/** A key, a time or an amount that can't be used; the message names the field. */
public final class InvalidValueException extends IllegalArgumentException {

  InvalidValueException(String field, String problem) {
    super("'%s' %s".formatted(field, problem));
  }
}
