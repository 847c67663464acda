package dev.serai.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.embedded.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the cache, and how often is it computed? */
class CacheTest {

  private static TestRedis server;
  private static Instance one;
  private static Instance two;
  private static Instance three;

  private final String workspace = "w" + UUID.randomUUID();
  private final AtomicInteger computations = new AtomicInteger();

  @BeforeAll
  static void start() throws Exception {
    server = TestRedis.start();
    one = Instance.on(server.url());
    two = Instance.on(server.url());
    three = Instance.on(server.url());
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    three.close();
    server.close();
  }

  @Test
  void whatOneHubHasSetTheOtherSeesUntilItIsDeletedOrEnds() {
    one.cache.put(workspace, "a", "1");
    one.cache.put(workspace, "b", "", Duration.ofMillis(100));
    assertThat(two.cache.get(workspace, "a")).isEqualTo("1");
    assertThat(two.cache.get(workspace, "b")).isEmpty();
    assertThat(two.cache.get("another", "a")).isNull();
    assertThat(two.cache.delete(workspace, "a")).isTrue();
    assertThat(one.cache.get(workspace, "a")).isNull();
    await().until(() -> one.cache.get(workspace, "b") == null);
  }

  @Test
  void twoHundredMissesOverThreeHubsComputeOnce() {
    Supplier<String> slow =
        () -> {
          pause(Duration.ofMillis(200));
          return "value " + computations.incrementAndGet();
        };
    assertThat(ask(200, slow)).hasSize(200).containsOnly("value 1");
    assertThat(computations).hasValue(1);
  }

  @Test
  void aFailureReachesAllWhoWaitAndIsNotKept() {
    Supplier<String> failing =
        () -> {
          pause(Duration.ofMillis(300));
          computations.incrementAndGet();
          throw new IllegalStateException("no such plan");
        };
    List<String> answers = ask(60, failing);
    assertThat(answers).hasSize(60).allSatisfy(text -> assertThat(text).contains("no such plan"));
    assertThat(computations).hasValue(1);
    assertThat(two.cache.getOrCompute(workspace, "key", () -> "better")).isEqualTo("better");
  }

  /**
   * What each of so many gets who ask at once over three hubs: the value, or the failure's text.
   */
  private List<String> ask(int count, Supplier<String> computation) {
    List<Instance> hubs = List.of(one, two, three);
    var together = new CountDownLatch(count);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<String>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Cache cache = hubs.get(i % hubs.size()).cache;
        all.add(
            CompletableFuture.supplyAsync(
                () -> {
                  together.countDown();
                  try {
                    together.await();
                    return cache.getOrCompute(workspace, "key", computation);
                  } catch (RuntimeException | InterruptedException e) {
                    return String.valueOf(e.getMessage());
                  }
                },
                threads));
      }
      return all.stream().map(CompletableFuture::join).toList();
    }
  }

  private static void pause(Duration time) {
    await().pollDelay(time).until(() -> true);
  }

  @Test
  void whenTheComputingHubDiesAnotherTakesOver() {
    var begun = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    Instance dying = Instance.on(server.url());
    Thread.ofVirtual()
        .start(
            () ->
                dying.cache.getOrCompute(
                    workspace,
                    "key",
                    () -> {
                      begun.countDown();
                      awaitUnchecked(over);
                      return "of the dead";
                    }));
    await().until(() -> begun.getCount() == 0);
    dying.close();
    assertThat(two.cache.getOrCompute(workspace, "key", () -> "of the living"))
        .isEqualTo("of the living");
    over.countDown();
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thatThereIsNoneIsKeptForAWhileToo() {
    Supplier<String> none =
        () -> {
          computations.incrementAndGet();
          return null;
        };
    assertThat(one.cache.getOrCompute(workspace, "key", none)).isNull();
    assertThat(two.cache.getOrCompute(workspace, "key", none)).isNull();
    assertThat(computations).hasValue(1);
    assertThat(one.commands().pttl(one.keys.cache(workspace, "key")))
        .isLessThanOrEqualTo(Instance.CACHE.absent().toMillis());
  }

  @Test
  void whatAsksForItselfDoesNotWaitForItself() {
    assertThat(
            one.cache.getOrCompute(
                workspace, "key", () -> one.cache.getOrCompute(workspace, "key", () -> "inner")))
        .isEqualTo("inner");
  }

  @Test
  void oddKeysTimesAndValuesAreRefusedByName() {
    assertThatThrownBy(() -> one.cache.put(workspace, "x".repeat(513), "1"))
        .hasMessageContaining("'key'");
    assertThatThrownBy(() -> one.cache.put(workspace, "a", "1", Duration.ofSeconds(-5)))
        .hasMessageContaining("'ttl' is -5s");
    assertThatThrownBy(() -> one.cache.put("", "a", "1")).hasMessageContaining("'workspace'");
    assertThatThrownBy(() -> one.cache.put(workspace, "a", "x".repeat(200_000)))
        .hasMessageContaining("'value'");
  }
}
