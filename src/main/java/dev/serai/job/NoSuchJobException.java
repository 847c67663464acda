package dev.serai.job;

/** There is no such job, or no such run. */
public final class NoSuchJobException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String what;
  private final String name;

  NoSuchJobException(String what, Object name) {
    super("There is no %s '%s'".formatted(what, name));
    this.what = what;
    this.name = name.toString();
  }

  /** {@code job} or {@code run}. */
  public String what() {
    return what;
  }

  public String name() {
    return name;
  }
}
