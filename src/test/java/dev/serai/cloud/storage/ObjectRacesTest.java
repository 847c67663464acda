package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import dev.serai.cloud.storage.ObjectException.ObjectExistsException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What do those see who store, read and delete the same object at once? */
class ObjectRacesTest {

  private static final int WRITERS = 8;
  private static final int ROUNDS = 20;
  private static final int SIZE = 300_000;

  private final String name = "races-" + UUID.randomUUID();

  TestHub hub() {
    return TestHub.shared();
  }

  @Test
  void ofManyWhoMustNotOverwriteOneStoresIt() throws Exception {
    try (ObjectRoutes objects = new ObjectRoutes(hub(), "assets");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        String object = name + "/once-" + round;
        CyclicBarrier together = new CyclicBarrier(WRITERS);
        List<Future<Exception>> ends = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          String body = "of writer " + writer;
          ends.add(
              threads.submit(
                  () -> {
                    together.await();
                    return objects.call("once", body, Map.of("name", object)).getException();
                  }));
        }
        List<Exception> failures = new ArrayList<>();
        for (Future<Exception> end : ends) {
          if (end.get() != null) {
            failures.add(end.get());
          }
        }
        assertThat(failures).hasSize(WRITERS - 1).allMatch(ObjectExistsException.class::isInstance);
        assertThat(new String(objects.get(object))).startsWith("of writer ");
      }
    }
  }

  @Test
  void aReaderSeesTheOldOrTheNewObjectWhole() throws Exception {
    try (ObjectRoutes objects = new ObjectRoutes(hub(), "assets");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String object = name + "/changing";
      objects.put(object, filled(0));
      AtomicBoolean done = new AtomicBoolean();
      Future<Integer> reads =
          threads.submit(
              () -> {
                int read = 0;
                while (!done.get()) {
                  byte[] seen = objects.get(object);
                  assertThat(seen).isEqualTo(filled(seen[0]));
                  read++;
                }
                return read;
              });
      Future<?> other =
          threads.submit(
              () -> {
                for (int i = 0; i < ROUNDS; i++) {
                  objects.put(object, filled(100 + i));
                }
                return null;
              });
      for (int i = 1; i <= ROUNDS; i++) {
        objects.put(object, filled(i));
      }
      other.get();
      done.set(true);
      assertThat(reads.get()).isPositive();
    }
  }

  private static byte[] filled(int with) {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }
}
