package dev.serai.queue;

/** Something that was asked of a queue makes no sense; the message names the field. */
public final class InvalidJobException extends RuntimeException {

  InvalidJobException(String field, String problem) {
    super("'%s' %s".formatted(field, problem));
  }
}
