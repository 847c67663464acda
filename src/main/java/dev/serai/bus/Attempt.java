package dev.serai.bus;

import dev.serai.event.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One attempt at a delivery, from its claim to its end; ended once, whoever is first. */
final class Attempt {

  private static final Duration A_WHILE = Duration.ofMillis(250);

  private final Claimed delivery;
  private final long claimedNanos = System.nanoTime();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicBoolean released = new AtomicBoolean();
  private @Nullable Thread thread;
  private volatile @Nullable Instant startedAt;
  private volatile Stop stop = Stop.NONE;
  private volatile long stoppedNanos;
  private volatile UUID failsAs;

  Attempt(Claimed delivery) {
    this.delivery = delivery;
    this.failsAs = delivery.event().id();
  }

  Claimed delivery() {
    return delivery;
  }

  /** The event that counts as failed if this attempt fails: a batch that fails counts once. */
  UUID failsAs() {
    return failsAs;
  }

  void failsAs(Attempt firstOfBatch) {
    failsAs = firstOfBatch.delivery.event().id();
  }

  /** Marks the beginning of the handler's work; false when it was stopped before. */
  synchronized boolean begin(Instant now) {
    if (stop != Stop.NONE) {
      return false;
    }
    startedAt = now;
    thread = Thread.currentThread();
    return true;
  }

  /** Whether it was claimed a while ago: most end before anybody could cancel them. */
  boolean isOld() {
    return System.nanoTime() - claimedNanos > A_WHILE.toNanos();
  }

  /** When the handler began, or null while the attempt waits for a worker. */
  @Nullable Instant startedAt() {
    return startedAt;
  }

  /** Interrupts the handler, saying why; the first reason stays. */
  synchronized void stop(Stop reason) {
    if (stop == Stop.NONE) {
      stoppedNanos = System.nanoTime();
      stop = reason;
      if (thread != null) {
        thread.interrupt();
      }
    }
  }

  Stop stopped() {
    return stop;
  }

  /** Whether the handler was told to end for this reason, so long ago that it won't. */
  boolean ignores(Stop reason, Duration patience) {
    return stop == reason && System.nanoTime() - stoppedNanos > patience.toNanos();
  }

  /** Marks the end of the handler's work; afterwards nobody interrupts its thread. */
  synchronized void leave() {
    thread = null;
    // What was meant for this attempt must not reach the thread's next one.
    Thread.interrupted();
  }

  /** Whether the caller is the first to end the attempt. */
  boolean end() {
    return ended.compareAndSet(false, true);
  }

  /** Whether the caller is the first to give its worker back. */
  boolean release() {
    return released.compareAndSet(false, true);
  }

  /** Why an attempt was interrupted. */
  enum Stop {
    NONE,
    TIMEOUT,
    CANCEL,
    SHUTDOWN
  }
}
