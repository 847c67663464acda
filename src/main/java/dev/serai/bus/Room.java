package dev.serai.bus;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** How many deliveries the workers of a subscription have, for whoever waits for fewer. */
final class Room {

  /** Ends of replayed deliveries are recorded in large groups; so many may wait for theirs. */
  private static final int MOST_ENDED = 128;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition roomier = lock.newCondition();
  private int taken;
  private int ended;

  /**
   * Waits until there is room; returns how much, 0 after the patience.
   *
   * @param most how many there may be, asked each time
   */
  int await(Duration patience, IntSupplier most) throws InterruptedException {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (left(most) <= 0 && nanos > 0) {
        nanos = roomier.awaitNanos(nanos);
      }
      return Math.max(0, left(most));
    } finally {
      lock.unlock();
    }
  }

  private int left(IntSupplier most) {
    return most.getAsInt() - taken + Math.min(ended, MOST_ENDED);
  }

  /** Waits until there are none; returns whether that is so. */
  boolean awaitNone(long endNanos) throws InterruptedException {
    lock.lock();
    try {
      long nanos = endNanos - System.nanoTime();
      while (taken > 0 && nanos > 0) {
        nanos = roomier.awaitNanos(nanos);
      }
      return taken == 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param moreEnded of them that have ended and are not recorded yet
   */
  void count(int more, int moreEnded) {
    lock.lock();
    try {
      taken += more;
      ended += moreEnded;
      roomier.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
