package dev.serai.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Lets Ctrl-C end a command between two steps and not within one that should be done whole. */
final class Interruption implements AutoCloseable {

  /** A step that takes longer is cut off. */
  private static final long PATIENCE_SECONDS = 2;

  private final ReentrantLock step = new ReentrantLock();
  private final Thread hook = new Thread(this::waitForStep, "interruption");

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The lock is kept: no step begins any more, and the process ends. */
  private void waitForStep() {
    try {
      if (!step.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("serai: ended within a delivery, which will be repeated");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A step. */
  interface Step<T> {
    T run() throws IOException, InterruptedException;
  }

  /** Does a step. */
  <T> T hold(Step<T> whole) throws IOException, InterruptedException {
    step.lock();
    try {
      return whole.run();
    } finally {
      step.unlock();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyEnding) {
      // It is the hook that ends this.
    }
  }
}
