package dev.serai.event;

/** An attribute of an event has a value that can't be stored. */
public final class InvalidEventException extends IllegalArgumentException {

  private final String problem;

  InvalidEventException(String attribute, String problem) {
    super("Event attribute '%s' %s".formatted(attribute, problem));
    this.problem = "Event attribute '%s' %s".formatted(attribute, problem);
  }

  /** Names the attribute and says what is wrong with it, without its value. */
  public String problem() {
    return problem;
  }
}
