package dev.serai.job;

/** There is no such job, or no such run. */
public final class NoSuchJobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoSuchJobException(String what, Object name) {
    super("There is no %s '%s'".formatted(what, name));
  }
}
