package dev.serai.queue;

/** There is no such queue or job. */
public final class UnknownJobException extends RuntimeException {

  private final String what;
  private final Object id;

  UnknownJobException(String what, Object id) {
    super("There is no %s '%s'".formatted(what, id));
    this.what = what;
    this.id = id;
  }

  /** What there is not: a queue or a job. */
  public String what() {
    return what;
  }

  /** What it was asked for by. */
  public Object id() {
    return id;
  }
}
