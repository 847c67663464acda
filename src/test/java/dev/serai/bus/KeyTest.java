package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.event.EventLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is a key, and how many of its deliveries run at a time? */
@EngineTurn
class KeyTest {

  private final TestHub hub = TestHub.engine();
  private final List<UUID> handled = new CopyOnWriteArrayList<>();

  @Test
  void itMayBeAPlaceInTheBody() throws Exception {
    Map<String, List<UUID>> inOrder = new ConcurrentHashMap<>();
    try (var handler =
        TestHandler.of(hub)
            .with("orderBy", "/customer/id")
            .handle(
                exchange ->
                    inOrder
                        .computeIfAbsent(
                            exchange.getMessage().getBody(String.class),
                            key -> new CopyOnWriteArrayList<>())
                        .add(TestHandler.eventId(exchange)))) {
      Map<String, List<UUID>> sent = new ConcurrentHashMap<>();
      for (int i = 0; i < 100; i++) {
        String body = "{\"customer\":{\"id\":%s}}".formatted(i % 5);
        sent.computeIfAbsent(body, key -> new ArrayList<>()).add(send(handler, null, body));
      }
      await().until(() -> handler.log().count(handler.id(), "done") == 100);
      assertThat(inOrder).isEqualTo(sent);
      assertThat(keys(handler)).containsExactlyInAnyOrder("0", "1", "2", "3", "4");
    }
  }

  @Test
  void whatHasNoValueWaitsForNothing() throws Exception {
    Semaphore gate = new Semaphore(0);
    try (var handler =
        TestHandler.of(hub)
            .with("orderBy", "/id")
            .with("concurrency", 4)
            .handle(exchange -> gate.acquire())) {
      for (String body : List.of("[]", "{\"id\":null}", "{\"id\":{}}", "no json")) {
        send(handler, null, body);
      }
      await().until(() -> gate.getQueueLength() == 4);
      gate.release(4);
      await().until(() -> handler.log().count(handler.id(), "done") == 4);
    }
  }

  @Test
  void aLongBacklogOfOneKeyHidesNoOther() throws Exception {
    Semaphore gate = new Semaphore(0);
    try (var handler =
        TestHandler.of(hub)
            .with("orderBy", "subject")
            .handle(
                exchange -> {
                  if ("busy".equals(TestHandler.attribute(exchange, "subject"))) {
                    gate.acquire();
                  }
                })) {
      EventLog log = hub.bean(EventLog.class);
      CompletableFuture.allOf(
              IntStream.range(0, 3_000)
                  .mapToObj(i -> log.append(TestLog.event(handler.type(), "busy")))
                  .toArray(CompletableFuture[]::new))
          .get();
      List<UUID> others = List.of(handler.send("other"), handler.send("another"));
      for (UUID other : others) {
        handler.awaitState(other, "done");
      }
      gate.release(3_000);
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> handler.log().count(handler.id(), "done") == 3_002);
    }
  }

  @Test
  void itTakesNoMoreThanItsLimitAtATimeOverAllHubs() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore gate = new Semaphore(0);
    TestHandler first =
        TestHandler.of(hub)
            .with("orderBy", "subject")
            .with("keyConcurrency", 3)
            .with("concurrency", 8);
    org.apache.camel.Processor hold =
        exchange -> {
          if (!"busy".equals(TestHandler.attribute(exchange, "subject"))) {
            return;
          }
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          gate.acquire();
          running.decrementAndGet();
        };
    try (var other = hub.another(Map.of());
        var second = first.on(other);
        var handler = first.handle(hold)) {
      second.handle(hold);
      for (int i = 0; i < 40; i++) {
        handler.send("busy");
      }
      await().until(() -> running.get() == 3);
      UUID quiet = handler.send("quiet");
      handler.awaitState(quiet, "done");
      gate.release(40);
      await().until(() -> handler.log().count(handler.id(), "done") == 41);
      assertThat(most).hasValue(3);
    }
  }

  @Test
  void aRouteThatBeginsToOrderHandlesWhatWaitedWithoutOrder() throws Exception {
    TestHandler handler = TestHandler.of(hub).handle(exchange -> {});
    handler.close();
    UUID waited = handler.send("k");
    try (var ordered = handler.on(hub).with("orderBy", "subject").handle(this::succeed)) {
      ordered.awaitState(waited, "done");
    }
  }

  private void succeed(Exchange exchange) {
    handled.add(TestHandler.eventId(exchange));
  }

  private List<String> keys(TestHandler handler) {
    return hub.database()
        .sql(
            """
            select distinct order_key from serai.delivery d
            join serai.subscription s on s.id = d.subscription_id where s.name = ?
            """)
        .param(handler.id())
        .query(String.class)
        .list();
  }

  private static UUID send(TestHandler handler, @Nullable String subject, String body) {
    return handler
        .log()
        .append(
            TestLog.event(
                "test", handler.type(), UUID.randomUUID().toString(), subject, body, null))
        .id();
  }
}
