package dev.serai.event;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets many callers share one transaction: whoever comes while a group is being written joins the
 * next one. So the cost of a commit is divided by the number of those who wait, and nobody waits
 * for company.
 */
public final class GroupWriter<T, R> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GroupWriter.class);
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final BlockingQueue<Pending<T, R>> queue = new LinkedBlockingQueue<>();
  private final MovingMean waiting = new MovingMean(MOMENT, System.nanoTime());
  private final Limits limits;
  private final ToIntFunction<T> weigh;
  private final Write<T, R> write;
  private final List<Writer> writers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  public GroupWriter(Limits limits, ToIntFunction<T> weigh, Write<T, R> write) {
    this.limits = limits;
    this.weigh = weigh;
    this.write = write;
    for (int i = 1; i <= limits.writers; i++) {
      Writer writer = new Writer();
      writers.add(writer);
      threads.add(Thread.ofPlatform().daemon().name(limits.name + "-" + i).start(writer));
    }
    threads.add(Thread.ofVirtual().name(limits.name + "-patience").start(this::enforcePatience));
  }

  /**
   * The result comes after the commit. If it has not come within the patience, the future fails
   * with a {@link TimeoutException}, and nobody knows whether the item was written.
   */
  public CompletableFuture<R> submit(T item) {
    Pending<T, R> pending = new Pending<>(item, System.nanoTime());
    if (closing) {
      pending.completeExceptionally(new CancellationException("The hub is stopping"));
    } else {
      waiting.add(1, System.nanoTime());
      queue.add(pending);
    }
    return pending;
  }

  /**
   * Submits and waits for the result.
   *
   * @throws StorageException when it is not known to be written
   */
  public R submitAndWait(T item) throws InterruptedException {
    try {
      return submit(item).get();
    } catch (ExecutionException e) {
      throw StorageException.of(e.getCause());
    }
  }

  /** How many were submitted and are not yet answered. */
  int waiting() {
    return waiting.value();
  }

  /** The same as a mean over the last tenth of a second. */
  double meanWaiting() {
    return waiting.mean(System.nanoTime());
  }

  /** One look every so often for all is much cheaper than a timer for each. */
  private void enforcePatience() {
    try {
      while (!closing || waiting() > 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        long latest = System.nanoTime() - limits.patience.toNanos();
        for (Pending<T, R> pending : queue) {
          if (!pending.failIfBefore(latest, limits.patience)) {
            break;
          }
        }
        for (Writer writer : writers) {
          writer.current.forEach(pending -> pending.failIfBefore(latest, limits.patience));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes what waits, then ends. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Writes one group in one transaction and returns the results in the order of the items. */
  public interface Write<T, R> {
    List<R> write(List<T> items) throws SQLException;
  }

  /**
   * The size of groups.
   *
   * @param name of the threads
   * @param writers how many groups may be written at a time
   * @param items most items of a group
   * @param weight weight at which a group is full
   * @param patience how long a caller waits
   * @param pause of a writer between two groups: the longer, the larger they are
   */
  public record Limits(
      String name, int writers, int items, int weight, Duration patience, Duration pause) {}

  private final class Writer implements Runnable {
    private volatile List<Pending<T, R>> current = List.of();

    @Override
    public void run() {
      while (!closing || !queue.isEmpty()) {
        try {
          boolean wrote = turn();
          if (wrote && !closing) {
            TimeUnit.NANOSECONDS.sleep(limits.pause.toNanos());
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    private boolean turn() throws InterruptedException {
      current = take();
      try {
        if (!current.isEmpty()) {
          write(current);
        }
        return !current.isEmpty();
      } finally {
        waiting.add(-current.size(), System.nanoTime());
        current = List.of();
      }
    }

    private List<Pending<T, R>> take() throws InterruptedException {
      List<Pending<T, R>> group = new ArrayList<>();
      Pending<T, R> next = queue.poll(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
      int weight = 0;
      while (next != null) {
        if (next.isDone()) {
          waiting.add(-1, System.nanoTime());
        } else {
          group.add(next);
          weight += weigh.applyAsInt(next.item());
        }
        next = group.size() < limits.items && weight < limits.weight ? queue.poll() : null;
      }
      return group;
    }

    private void write(List<Pending<T, R>> group) {
      try {
        List<R> results = write.write(group.stream().map(Pending::item).toList());
        for (int i = 0; i < results.size(); i++) {
          group.get(i).complete(results.get(i));
        }
      } catch (SQLException e) {
        if (group.size() > 1 && StorageException.isOfData(e)) {
          // One row that PostgreSQL refuses must not fail its neighbours.
          group.forEach(pending -> write(List.of(pending)));
        } else {
          group.forEach(pending -> pending.completeExceptionally(e));
        }
      } catch (RuntimeException | Error e) {
        log.error("A group of {} could not be written", group.size(), e);
        group.forEach(pending -> pending.completeExceptionally(e));
      }
    }
  }
}
