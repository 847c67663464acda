package dev.serai.event;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets many callers share one transaction: whoever comes while a group is being written joins the
 * next one. So the cost of a commit is divided by the number of those who wait, and nobody waits for
 * company.
 */
final class GroupWriter<T, R> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(GroupWriter.class);

  private final BlockingQueue<Pending<T, R>> queue = new LinkedBlockingQueue<>();
  private final Write<T, R> write;
  private final ToIntFunction<T> weigh;
  private final int maxItems;
  private final int maxWeight;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closing;

  /**
   * @param writers how many groups may be written at a time
   * @param maxItems most items of a group
   * @param maxWeight weight at which a group is full
   */
  GroupWriter(
      String name,
      int writers,
      int maxItems,
      int maxWeight,
      ToIntFunction<T> weigh,
      Write<T, R> write) {
    this.write = write;
    this.weigh = weigh;
    this.maxItems = maxItems;
    this.maxWeight = maxWeight;
    for (int i = 1; i <= writers; i++) {
      threads.add(Thread.ofPlatform().daemon().name(name + "-" + i).start(this::run));
    }
  }

  /** The result comes after the commit. A future that is cancelled while it waits is not written. */
  CompletableFuture<R> submit(T item) {
    Pending<T, R> pending = new Pending<>(item);
    if (closing) {
      pending.completeExceptionally(new CancellationException("the hub is stopping"));
    } else {
      waiting.incrementAndGet();
      queue.add(pending);
    }
    return pending;
  }

  /** How many were submitted and are not yet answered. */
  int waiting() {
    return waiting.get();
  }

  private void run() {
    while (!closing || !queue.isEmpty()) {
      try {
        List<Pending<T, R>> group = take();
        if (!group.isEmpty()) {
          answer(group);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException | Error e) {
        log.error("A group could not be answered", e);
      }
    }
  }

  private List<Pending<T, R>> take() throws InterruptedException {
    List<Pending<T, R>> group = new ArrayList<>();
    Pending<T, R> next = queue.poll(100, TimeUnit.MILLISECONDS);
    int weight = 0;
    while (next != null) {
      if (!next.isDone()) {
        group.add(next);
        weight += weigh.applyAsInt(next.item);
      } else {
        waiting.decrementAndGet();
      }
      next = group.size() < maxItems && weight < maxWeight ? queue.poll() : null;
    }
    return group;
  }

  private void answer(List<Pending<T, R>> group) {
    try {
      writeGroup(group);
    } finally {
      waiting.addAndGet(-group.size());
    }
  }

  private void writeGroup(List<Pending<T, R>> group) {
    try {
      List<R> results = write.write(group.stream().map(pending -> pending.item).toList());
      for (int i = 0; i < results.size(); i++) {
        group.get(i).complete(results.get(i));
      }
    } catch (SQLException e) {
      if (group.size() > 1 && isDataError(e)) {
        // One row that PostgreSQL refuses must not fail its neighbours.
        group.forEach(pending -> writeGroup(List.of(pending)));
      } else {
        group.forEach(pending -> pending.completeExceptionally(e));
      }
    } catch (RuntimeException | Error e) {
      group.forEach(pending -> pending.completeExceptionally(e));
    }
  }

  /** Classes 22 (data exception) and 23 (integrity), and 54 (limit exceeded), of SQL states. */
  private static boolean isDataError(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
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
  interface Write<T, R> {
    List<R> write(List<T> items) throws SQLException;
  }

  private static final class Pending<T, R> extends CompletableFuture<R> {
    private final T item;

    Pending(T item) {
      this.item = item;
    }
  }
}
