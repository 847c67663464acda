package dev.serai.cloud.tasks;

import dev.serai.cloud.google.Denied;
import org.jspecify.annotations.Nullable;

/** Cloud Tasks did not do what it was asked; the message names queue, permission and property. */
public final class TaskServiceException extends RuntimeException {

  private final transient Denied.Kind kind;

  TaskServiceException(Denied.Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of answer it was. */
  public Denied.Kind kind() {
    return kind;
  }
}
