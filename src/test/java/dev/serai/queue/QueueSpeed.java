package dev.serai.queue;

import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * How many jobs that do nothing go through a queue in a second? It prints what it measures: {@code
 * mvn test -Dtest=QueueSpeed}; it is no part of the build.
 */
class QueueSpeed {

  private static final int JOBS = Integer.getInteger("jobs", 20_000);
  private static final int SIDE_BY_SIDE = 64;
  private static final byte[] DATA = "{\"page\":1}".getBytes(StandardCharsets.UTF_8);

  @Test
  void measure() throws Exception {
    try (TestHub hub = TestHub.start(Map.of())) {
      for (int round = 0; round <= 3; round++) {
        String name = round == 0 ? "warm-up" : "round " + round;
        pulled(hub, name, "speed-" + UUID.randomUUID());
        handled(hub, name, "speed-" + UUID.randomUUID());
      }
    }
  }

  private static void pulled(TestHub hub, String round, String queue) throws Exception {
    put(hub, round, queue);
    Dequeue dequeue = hub.bean(Dequeue.class);
    Jobs jobs = hub.bean(Jobs.class);
    AtomicInteger left = new AtomicInteger(JOBS);
    long begin = System.nanoTime();
    sideBySide(
        () -> {
          while (left.get() > 0) {
            for (LeasedJob job :
                dequeue.take(queue, "w", Duration.ofMinutes(1), 20, Duration.ofSeconds(1))) {
              jobs.complete(queue, job.id(), job.token(), null);
              left.decrementAndGet();
            }
          }
        });
    print(round, "taken in twenties and completed by %s workers".formatted(SIDE_BY_SIDE), begin);
  }

  private static void handled(TestHub hub, String round, String queue) throws Exception {
    AtomicInteger left = new AtomicInteger(JOBS);
    try (var route =
        TestHandler.named(hub, QueueName.subscription(queue))
            .with("types", QueueName.type(queue))
            .with("concurrency", 16)
            .handle(exchange -> left.decrementAndGet())) {
      long begin = System.nanoTime();
      put(hub, round, queue);
      while (left.get() > 0) {
        LockSupport.parkNanos(1_000_000);
      }
      print(round, "put and handled by a route of the hub, both", begin);
    }
  }

  private static void put(TestHub hub, String round, String queue) throws Exception {
    Queues queues = hub.bean(Queues.class);
    AtomicInteger left = new AtomicInteger(JOBS);
    long begin = System.nanoTime();
    sideBySide(
        () -> {
          while (left.getAndDecrement() > 0) {
            queues.put(queue, new NewJob(DATA, 0, null, null, null, null));
          }
        });
    print(round, "put by %s side by side".formatted(SIDE_BY_SIDE), begin);
  }

  private static void sideBySide(Work work) throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < SIDE_BY_SIDE; i++) {
      all.add(
          () -> {
            work.run();
            return null;
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(all)) {
        done.get();
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void print(String round, String what, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.println(
        "%s: %s jobs %s: %s/s".formatted(round, JOBS, what, Math.round(JOBS / seconds)));
  }
}
