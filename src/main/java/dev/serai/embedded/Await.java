package dev.serai.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for something another process does and tells nobody about. */
final class Await {

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private Await() {}

  /**
   * Returns when the condition holds.
   *
   * @throws EmbeddedServerException with the message when it does not hold in time
   */
  static void until(Duration patience, Condition condition, Supplier<String> message)
      throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) {
        throw new EmbeddedServerException(message.get());
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  interface Condition {
    boolean holds() throws IOException;
  }
}
