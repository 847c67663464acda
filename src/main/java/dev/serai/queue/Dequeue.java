package dev.serai.queue;

import dev.serai.event.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Gives jobs to workers, who may wait for one. */
public final class Dequeue {

  /** Most jobs of one answer. */
  public static final int MOST = 100;

  /** Longest wait. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private static final int LONGEST_NAME = 128;
  private static final Duration LOOK = Duration.ofMillis(500);

  private final KnownQueues known;
  private final Leases leases;
  private final QueueSignals signals;
  private final QueueMetrics metrics;
  private final Semaphore waits;
  private final Clock clock;

  Dequeue(
      KnownQueues known,
      Leases leases,
      QueueSignals signals,
      QueueMetrics metrics,
      QueueSettings settings,
      Clock clock) {
    this.known = known;
    this.leases = leases;
    this.signals = signals;
    this.metrics = metrics;
    this.waits = new Semaphore(settings.waits());
    this.clock = clock;
  }

  /**
   * Takes jobs, the most urgent first.
   *
   * @param worker who takes them, as it calls itself
   * @param lease how long it may have them without a word, 1 s to 12 h
   * @param most 1 to 100
   * @param wait how long it waits for the first one, 20 s at most
   * @return none, when there are none or the queue is paused
   * @throws InvalidJobException naming the field
   */
  public List<LeasedJob> take(String queue, String worker, Duration lease, int most, Duration wait)
      throws InterruptedException {
    check(worker, most, wait);
    LeaseTime.check(lease);
    List<LeasedJob> jobs = take(queue, worker, lease, most);
    if (jobs.isEmpty() && wait.isPositive() && waits.tryAcquire()) {
      try {
        jobs = await(queue, worker, lease, most, System.nanoTime() + wait.toNanos());
      } finally {
        waits.release();
      }
    }
    metrics.count(queue, "dequeued", jobs.size());
    return jobs;
  }

  private List<LeasedJob> await(
      String queue, String worker, Duration lease, int most, long endNanos)
      throws InterruptedException {
    while (!signals.closing()) {
      long left = endNanos - System.nanoTime();
      if (left <= 0) {
        break;
      }
      signals.await(queue, Duration.ofNanos(Math.min(left, LOOK.toNanos())));
      List<LeasedJob> jobs = take(queue, worker, lease, most);
      if (!jobs.isEmpty()) {
        return jobs;
      }
    }
    return List.of();
  }

  private List<LeasedJob> take(String queue, String worker, Duration lease, int most) {
    Subscription subscription = known.queue(queue);
    if (subscription.paused() || signals.closing()) {
      return List.of();
    }
    Instant until = clock.instant().plus(lease);
    return leases.take(subscription.id(), worker, until, most);
  }

  private static void check(String worker, int most, Duration wait) {
    if (worker.isBlank() || worker.length() > LONGEST_NAME || worker.indexOf('\0') >= 0) {
      throw new InvalidJobException(
          "worker", "must be a name of 1 to %s characters".formatted(LONGEST_NAME));
    }
    if (most < 1 || most > MOST) {
      throw new InvalidJobException("max", "is %s; it must be 1 to %s".formatted(most, MOST));
    }
    if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
      throw new InvalidJobException(
          "wait_seconds",
          "is %s; it must be 0 to %s".formatted(wait.toSeconds(), LONGEST_WAIT.toSeconds()));
    }
  }
}
