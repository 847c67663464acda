package dev.serai.event;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** An item that waits to be written in a group, and its result. */
final class Pending<T, R> extends CompletableFuture<R> {

  private final T item;
  private final long submittedAt;

  Pending(T item, long submittedAt) {
    this.item = item;
    this.submittedAt = submittedAt;
  }

  T item() {
    return item;
  }

  /**
   * Fails with a {@link TimeoutException} what was submitted too long ago; nobody knows then
   * whether it is written.
   */
  boolean failIfBefore(long latest, Duration patience) {
    boolean late = submittedAt - latest < 0;
    if (late) {
      completeExceptionally(
          new TimeoutException(
              "No answer from the database within %s ms".formatted(patience.toMillis())));
    }
    return late;
  }
}
