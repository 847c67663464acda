package dev.serai.cloud;

/** A queue has, or had, a task of a name, and the route does not want to go on then. */
public final class TaskExistsException extends RuntimeException {

  public TaskExistsException(String queue, String name) {
    super(
        "Queue '%s' has or had a task '%s'; give it another name, or onExists: ignore"
            .formatted(queue, name));
  }
}
