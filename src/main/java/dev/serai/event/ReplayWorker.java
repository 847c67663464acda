package dev.serai.event;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with the replays that run, together with those of all other hubs, on a thread of its own.
 */
final class ReplayWorker implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ReplayWorker.class);

  /** More appends than this wait: live events come first. */
  private static final int PRESSURE = 8;

  private static final Duration RELIEF = Duration.ofMillis(20);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final ReplaySteps steps;
  private final EventLog events;
  private final Semaphore started = new Semaphore(0);
  private volatile @Nullable Thread thread;
  private volatile boolean running;
  private boolean complained;

  ReplayWorker(ReplaySteps steps, EventLog events) {
    this.steps = steps;
    this.events = events;
  }

  /** Begins to work. */
  void open() {
    running = true;
    thread = Thread.ofPlatform().daemon().name("replays").start(this::run);
  }

  /** Says that there is something new to do. */
  void wake() {
    started.release();
  }

  private void run() {
    while (running) {
      try {
        Duration wait = events.waiting() > PRESSURE ? RELIEF : attempt();
        if (wait.isPositive() && started.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS)) {
          started.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private Duration attempt() {
    try {
      Duration wait = steps.step();
      complained = false;
      return wait;
    } catch (RuntimeException e) {
      // The database is away, or somebody else's transaction was in the way.
      if (running && !complained) {
        log.warn("Replays wait, because: {}", e.getMessage());
        log.debug("Details", e);
        complained = true;
      }
      return AFTER_FAILURE;
    }
  }

  /** Lets the step under way end. */
  @Override
  public void close() throws InterruptedException {
    running = false;
    wake();
    Thread working = thread;
    if (working != null) {
      working.join(Duration.ofSeconds(5));
    }
  }
}
