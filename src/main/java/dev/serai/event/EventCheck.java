package dev.serai.event;

/** Judges events before they are appended: whether their data is what their type promises. */
public interface EventCheck {

  /** Lets everything through. */
  EventCheck NONE = event -> {};

  /**
   * Looks at an event that is about to be appended.
   *
   * @throws SchemaViolationException when it must not get into the log
   */
  void check(NewEvent event);
}
