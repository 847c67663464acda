package dev.serai.bus;

import dev.serai.event.NewDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of fresh deliveries on a thread of its own, so that an append's answer depends on nothing
 * but its commit. What comes while others are told of goes together with the next; what finds no
 * room the sweep brings.
 */
final class FreshHints implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FreshHints.class);

  /** Groups of deliveries that may wait. */
  private static final int ROOM = 1_000;

  private final BlockingQueue<List<NewDelivery>> groups = new ArrayBlockingQueue<>(ROOM);
  private final Consumer<List<NewDelivery>> hint;
  private final Thread thread;

  FreshHints(Consumer<List<NewDelivery>> hint) {
    this.hint = hint;
    this.thread = Thread.ofPlatform().daemon().name("fresh-hints").start(this::run);
  }

  /** Returns at once. */
  void offer(List<NewDelivery> deliveries) {
    groups.offer(deliveries);
  }

  private void run() {
    try {
      while (true) {
        List<List<NewDelivery>> taken = new ArrayList<>();
        taken.add(groups.take());
        groups.drainTo(taken);
        tell(taken.stream().flatMap(List::stream).toList());
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell(List<NewDelivery> deliveries) {
    try {
      hint.accept(deliveries);
    } catch (RuntimeException e) {
      log.warn("{} deliveries are left to the sweep", deliveries.size(), e);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
