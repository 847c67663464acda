package dev.serai.queue;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Wakes requests that wait for a job when one was put on this hub. What was put on another, or has
 * come due, they find by looking: a signal makes them quick, nothing depends on it.
 */
class QueueSignals {

  private final Map<String, Semaphore> signals = new ConcurrentHashMap<>();
  private volatile boolean closing;

  void signal(String queue) {
    Semaphore waiting = signals.get(queue);
    if (waiting != null) {
      waiting.release();
    }
  }

  /** Returns after the time, or earlier when there may be something. */
  void await(String queue, Duration time) throws InterruptedException {
    Semaphore signal = signals.computeIfAbsent(queue, name -> new Semaphore(0));
    if (signal.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS)) {
      // One look is worth as many signals as there were: it takes what it finds.
      signal.drainPermits();
    }
  }

  /** Whether the hub stops, so that nobody should wait. */
  boolean closing() {
    return closing;
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    closing = true;
    signals.values().forEach(signal -> signal.release(signal.getQueueLength() + 1));
  }
}
