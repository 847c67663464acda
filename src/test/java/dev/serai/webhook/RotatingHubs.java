package dev.serai.webhook;

import dev.serai.TestHub;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Hubs behind a balancer, on the shared hub's database. A hub that is to stop gets no more requests
 * and ends those it has, as a balancer does that asks for readiness.
 */
final class RotatingHubs implements AutoCloseable {

  private final List<TestHub> hubs = new ArrayList<>();
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

  /** A request to a hub. */
  interface Request<T> {
    T send(TestHub hub) throws Exception;
  }

  /** Sends a request to any of them. */
  <T> T send(Request<T> request) throws Exception {
    lock.readLock().lock();
    try {
      return request.send(any());
    } finally {
      lock.readLock().unlock();
    }
  }

  TestHub any() {
    return hubs.get(ThreadLocalRandom.current().nextInt(hubs.size()));
  }

  /** Starts a hub; requests come when it is ready, which is after its warm-up. */
  void start(Map<String, String> settings) throws Exception {
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.put("serai.webhooks.warm-up", "1s");
    TestHub hub = TestHub.shared().another(all);
    for (String route : RotatingSender.routes()) {
      hub.routes(route);
    }
    change(() -> hubs.add(hub));
  }

  /** Starts them anew with other settings, one after the other. */
  void restartEach(Map<String, String> settings, Runnable between) throws Exception {
    for (TestHub old : List.copyOf(hubs)) {
      change(() -> hubs.remove(old));
      between.run();
      old.close();
      start(settings);
      between.run();
    }
  }

  private void change(Runnable change) {
    lock.writeLock().lock();
    try {
      change.run();
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public void close() {
    hubs.forEach(TestHub::close);
  }
}
