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
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Does each command do what its name says, also many at once? */
class StoreTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private static TestRedis server;
  private static Instance hub;

  private final String name = "n" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    server = TestRedis.start();
    hub = Instance.on(server.url());
  }

  @AfterAll
  static void stop() {
    hub.close();
    server.close();
  }

  @Test
  void aValueIsThereUntilItEndsOrIsDeleted() {
    assertThat(hub.store.get(name)).isNull();
    hub.store.set(name, "value", HOUR);
    assertThat(hub.store.get(name)).isEqualTo("value");
    assertThat(hub.store.exists(name)).isTrue();
    assertThat(hub.store.ttl(name).orElseThrow()).isBetween(HOUR.minusSeconds(5), HOUR);
    assertThat(hub.store.expire(name, Duration.ofMillis(30))).isTrue();
    await().until(() -> !hub.store.exists(name));
    assertThat(hub.store.ttl(name)).isEmpty();
    assertThat(hub.store.delete(name)).isFalse();
    assertThat(hub.store.expire(name, HOUR)).isFalse();
  }

  @Test
  void theSameWithoutWaiting() {
    assertThat(
            hub.store
                .async()
                .set(name, "1", HOUR)
                .thenCompose(done -> hub.store.async().increment(name, 41, HOUR))
                .toCompletableFuture()
                .join())
        .isEqualTo(42);
    assertThat(hub.store.async().get(name).toCompletableFuture().join()).contains("42");
  }

  @Test
  void aNumberThatBeginsEndsAndCountsExactly() {
    IntStream.range(0, 500).parallel().forEach(i -> hub.store.increment(name, 2, HOUR));
    assertThat(hub.store.decrement(name, 1, HOUR)).isEqualTo(999);
    assertThat(hub.store.ttl(name)).isPresent();
    hub.store.set(name, "text", HOUR);
    assertThatThrownBy(() -> hub.store.increment(name, 1, HOUR))
        .hasMessageContaining("not an integer");
  }

  @Test
  void ofManyWhoExpectTheSameOneWins() {
    hub.store.set(name, "before", HOUR);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        String mine = "w" + i;
        all.add(
            CompletableFuture.supplyAsync(
                () -> hub.store.compareAndSet(name, "before", mine, HOUR), threads));
      }
      assertThat(all.stream().filter(CompletableFuture::join)).hasSize(1);
    }
    assertThat(hub.store.compareAndSet(name, null, "new", HOUR)).isFalse();
    assertThat(hub.store.compareAndSet(name + "2", "old", "new", HOUR)).isFalse();
    assertThat(hub.store.compareAndSet(name + "2", null, "new", HOUR)).isTrue();
    assertThat(hub.store.getAndSet(name + "2", "newer", HOUR)).isEqualTo("new");
    assertThat(hub.store.getAndSet(name + "3", "first", HOUR)).isNull();
  }

  @Test
  void eachCommandOfAPipelineHasAResultOfItsOwn() {
    hub.store.set(name, "text", HOUR);
    List<Pipeline.Result> results =
        hub.store
            .pipeline()
            .set(name + "2", "1", HOUR)
            .increment(name, 1, HOUR)
            .increment(name + "2", 4, HOUR)
            .get(name + "2")
            .get(name + "3")
            .run();
    assertThat(results)
        .extracting(Pipeline.Result::value)
        .containsExactly("OK", null, 5L, "5", null);
    assertThat(results.get(1).error()).contains("not an integer");
    assertThat(results.get(4).error()).isNull();
  }

  @Test
  void aTransactionIsRunAsOneWithAResultForEach() {
    hub.store.set(name, "0", HOUR);
    hub.store.set(name + "2", "0", HOUR);
    hub.store.set(name + "3", "text", HOUR);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<?>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  List<Pipeline.Result> results =
                      hub.store
                          .pipeline()
                          .increment(name, 1, HOUR)
                          .increment(name + "3", 1, HOUR)
                          .increment(name + "2", 1, HOUR)
                          .transact();
                  assertThat(results.get(0).value()).isEqualTo(results.get(2).value());
                  assertThat(results.get(1).error()).contains("not an integer");
                },
                threads));
      }
      all.forEach(CompletableFuture::join);
    }
    assertThat(hub.store.get(name)).isEqualTo("100");
    hub.store.pipeline().increment(name + "4", 1, HOUR).run();
    assertThat(hub.store.ttl(name + "4")).isPresent();
  }

  @Test
  void keysWithoutAnEndAreFoundAndThoseMeantToHaveNoneAreNot() {
    hub.commands().set(hub.keys.store(name), "for ever");
    hub.commands().xadd(hub.keys.bus("s"), "e", "1");
    hub.commands().set("another's", "for ever");
    hub.store.set(name + "2", "value", HOUR);

    Expiries.Report report = hub.expiries.withoutEnd(10);

    assertThat(report.keys()).containsExactly(hub.keys.store(name));
    assertThat(report.found()).isEqualTo(1);
    assertThat(report.lasting()).isGreaterThanOrEqualTo(1);
    assertThat(hub.expiries.set(hub.keys.store(name), HOUR)).isTrue();
    assertThat(hub.expiries.get(hub.keys.store(name))).isPresent();
    assertThat(hub.expiries.refresh(hub.keys.store(name), Duration.ofHours(2))).isTrue();
    assertThat(hub.expiries.refresh(hub.keys.store(name), HOUR)).isFalse();
    assertThat(hub.expiries.withoutEnd(10).found()).isZero();
    assertThatThrownBy(() -> hub.expiries.set("another's", HOUR)).hasMessageContaining("'key'");
  }

  @Test
  void oddNamesTimesAndAmountsAreRefusedByName() {
    assertThatThrownBy(() -> hub.store.set("", "v", HOUR)).hasMessageContaining("'key'");
    assertThatThrownBy(() -> hub.store.get("x".repeat(513))).hasMessageContaining("'key'");
    assertThatThrownBy(() -> hub.store.set(name, "v", Duration.ZERO)).hasMessageContaining("'ttl'");
    assertThatThrownBy(() -> hub.store.set(name, "v", Duration.ofDays(31)))
        .hasMessageContaining("at most 30d");
  }
}
