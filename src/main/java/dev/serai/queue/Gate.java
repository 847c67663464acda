package dev.serai.queue;

import dev.serai.event.StorageException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets few workers at a time use the engine's connections, however many ask: appends and claims
 * must not wait for them.
 */
final class Gate {

  private static final int AT_A_TIME = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Semaphore places = new Semaphore(AT_A_TIME, true);

  /**
   * @throws StorageException when there was no place in time
   */
  <T> T through(Supplier<T> question) {
    try {
      if (!places.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new StorageException("More workers ask than can be answered", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("Interrupted", e);
    }
    try {
      return question.get();
    } finally {
      places.release();
    }
  }
}
