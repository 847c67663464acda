package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHandler;
import dev.serai.TestHub;
import io.lettuce.core.Consumer;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XClaimArgs;
import io.lettuce.core.XReadArgs;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** What happens to deliveries when Redis forgets, or holds what is no hint? */
@Isolated("it disturbs all that share the hub")
class RedisLossTest {

  private static final Duration HEALED = Duration.ofSeconds(10);

  private final TestHub hub = TestHub.engine();
  private final Streams streams = Streams.of(hub);

  @Test
  void allAreHandledAfterFlushAllUnderLoad() throws Exception {
    healsAfter(handler -> streams.redis().flushall());
  }

  @Test
  void allAreHandledAfterTheGroupIsDestroyedUnderLoad() throws Exception {
    healsAfter(handler -> streams.redis().xgroupDestroy(streams.keys().bus(handler.id()), "hubs"));
  }

  @Test
  void allAreHandledAfterTheStreamIsDeletedUnderLoad() throws Exception {
    healsAfter(handler -> streams.redis().del(streams.keys().bus(handler.id())));
  }

  private void healsAfter(Harm harm) throws Exception {
    try (var handler = TestHandler.of(hub).with("concurrency", 2).handle(exchange -> {})) {
      for (int i = 0; i < 10; i++) {
        handler.log().append(handler.type(), 60);
        if (i % 3 == 1) {
          harm.to(handler);
        }
      }
      await()
          .atMost(HEALED)
          .untilAsserted(
              () -> assertThat(handler.log().count(handler.id(), "done")).isEqualTo(600));
    }
  }

  /**
   * As a crash between acknowledging and deleting would leave it: in the stream, and read by none.
   */
  @Test
  void aHintThatNobodyWillReadIsNotBelievedForEver() throws Exception {
    TestHandler handler = TestHandler.of(hub).handle(exchange -> {});
    handler.close();
    String key = streams.keys().bus(handler.id());
    var event = handler.send();
    await().until(() -> streams.length(handler.id()) == 1);
    streams.redis().del(key);
    streams.redis().xadd(key, new XAddArgs().id("1-1"), Map.of("e", event.toString()));
    streams.redis().xgroupCreate(XReadArgs.StreamOffset.from(key, "0"), "hubs");
    streams
        .redis()
        .xreadgroup(Consumer.from("hubs", "gone"), XReadArgs.StreamOffset.lastConsumed(key));
    streams.redis().xack(key, "hubs", "1-1");
    try (var back = handler.handle(exchange -> {})) {
      await().atMost(HEALED).until(() -> back.log().count(back.id(), "done") == 1);
    }
  }

  @Test
  void whatIsNoHintIsThrownAway() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      handler.awaitState(handler.send(), "done");
      String key = streams.keys().bus(handler.id());
      streams.redis().xadd(key, Map.of("e", "not-an-id"));
      streams.redis().xadd(key, Map.of("x", "y"));
      handler.awaitState(handler.send(), "done");
      await().until(() -> streams.length(handler.id()) == 0);
    }
  }

  @Test
  void whatIsNoHintAndNobodyTookYetIsThrownAway() throws Exception {
    TestHandler handler = TestHandler.of(hub).handle(exchange -> {});
    handler.close();
    String key = streams.keys().bus(handler.id());
    streams.redis().xadd(key, Map.of("e", "not-an-id"));
    handler.send();
    try (var back = handler.handle(exchange -> {})) {
      await().until(() -> back.log().count(back.id(), "done") == 1);
      await().until(() -> streams.length(back.id()) == 0);
    }
  }

  @Test
  void aHintThatADeadHubHasReadIsTakenOver() throws Exception {
    TestHandler handler = TestHandler.of(hub).handle(exchange -> {});
    handler.awaitState(handler.send(), "done");
    handler.close();
    String key = streams.keys().bus(handler.id());
    var event = handler.send();
    await().until(() -> streams.length(handler.id()) == 1);
    Consumer<String> dead = Consumer.from("hubs", "0");
    String entry =
        streams
            .redis()
            .xreadgroup(dead, XReadArgs.StreamOffset.lastConsumed(key))
            .getFirst()
            .getId();
    // As if it had been read long ago.
    streams.redis().xclaim(key, dead, new XClaimArgs().idle(60_000), entry);
    try (var back = handler.handle(exchange -> {})) {
      back.awaitState(event, "done");
      await().until(() -> streams.length(back.id()) == 0);
    }
  }

  @Test
  void theStreamIsAWindowOverABacklogOfThousands() throws Exception {
    TestHandler handler = TestHandler.of(hub).with("concurrency", 4).handle(exchange -> {});
    handler.close();
    for (int i = 0; i < 4; i++) {
      handler.log().append(handler.type(), 400);
    }
    assertThat(streams.length(handler.id())).isBetween(1L, (long) Urgency.NORMAL.freshWindow());
    Semaphore gate = new Semaphore(0);
    AtomicLong longest = new AtomicLong();
    try (var back = handler.handle(exchange -> gate.acquire())) {
      // The sweep fills the other half with what waits longest.
      await().until(() -> streams.length(handler.id()) > Urgency.NORMAL.freshWindow());
      gate.release(1_600);
      await()
          .until(
              () -> {
                longest.accumulateAndGet(streams.length(handler.id()), Math::max);
                return handler.log().count(handler.id(), "done") == 1_600;
              });
      assertThat(longest.get()).isLessThanOrEqualTo(Hints.WINDOW);
    }
  }

  @FunctionalInterface
  private interface Harm {
    void to(TestHandler handler);
  }
}
