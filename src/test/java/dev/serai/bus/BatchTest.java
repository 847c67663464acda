package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What becomes of events that are handled together? */
@EngineTurn
class BatchTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void aFullBatchGoesAtOnceAndTheRestWhenItHasWaited() throws Exception {
    List<List<UUID>> batches = new CopyOnWriteArrayList<>();
    try (var handler = batching(10).handle(exchange -> batches.add(ids(exchange)))) {
      List<UUID> sent = handler.log().append(handler.type(), 25);
      await().until(() -> handler.log().count(handler.id(), "done") == 25);
      assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 10));
      assertThat(batches).hasSizeLessThan(25);
      assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void theBodyIsTheListOfTheirBodies() throws Exception {
    List<Object> bodies = new CopyOnWriteArrayList<>();
    try (var handler =
        batching(10).handle(exchange -> bodies.addAll(exchange.getMessage().getBody(List.class)))) {
      handler.awaitState(handler.send(), "done");
      assertThat(bodies).singleElement().isInstanceOf(String.class);
    }
  }

  @Test
  void thoseThatTheRouteNamesFailAndTheOthersDoNot() throws Exception {
    try (var handler =
        batching(5)
            .with("retries", 0)
            .handle(
                exchange -> exchange.setVariable("serai.failed", Map.of(0, "no such column")))) {
      List<UUID> sent = handler.log().append(handler.type(), 5);
      await()
          .until(
              () ->
                  handler.log().count(handler.id(), "done")
                          + handler.log().count(handler.id(), "dead")
                      == 5);
      List<UUID> dead =
          sent.stream().filter(id -> handler.delivery(id).state().equals("dead")).toList();
      assertThat(dead).isNotEmpty().hasSizeLessThan(5);
      assertThat(handler.attempts(dead.getFirst()).getFirst().detail()).contains("no such column");
    }
  }

  @Test
  void thoseThatTheRouteNamesAreDeadAtOnceIfItSaysSo() throws Exception {
    try (var handler =
        batching(5)
            .with("fatal", "refused")
            .handle(
                exchange -> exchange.setVariable("serai.failed", Map.of(0, "no such column")))) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "dead").attempts()).isOne();
      assertThat(handler.attempts(event).getFirst().detail()).isEqualTo("no such column");
    }
  }

  @Test
  void whatNoRetryCanMendFailsAloneAndAtOnce() throws Exception {
    try (var handler =
        batching(5)
            .with("fatal", "IllegalArgumentException")
            .with("concurrency", 1)
            .handle(
                exchange -> {
                  if (exchange.getMessage().getBody(String.class).contains("poison")) {
                    throw new IllegalArgumentException("this one");
                  }
                })) {
      List<UUID> good = handler.log().append(handler.type(), 4);
      UUID poison = append(handler, "{\"poison\":true}");
      handler.awaitState(poison, "dead");
      for (UUID event : good) {
        assertThat(handler.awaitState(event, "done").attempts()).isOne();
      }
    }
  }

  @Test
  void whatFailsTheOthersAgainAndAgainIsLeftAlone() throws Exception {
    try (var handler =
        batching(5)
            .with("retries", 3)
            .with("backoff", "1ms")
            .handle(
                exchange -> {
                  if (exchange.getMessage().getBody(String.class).contains("poison")) {
                    throw new IllegalStateException("perhaps later");
                  }
                })) {
      UUID poison = append(handler, "{\"poison\":true}");
      List<UUID> good = handler.log().append(handler.type(), 4);
      handler.awaitState(poison, "dead");
      for (UUID event : good) {
        handler.awaitState(event, "done");
      }
    }
  }

  @Test
  void inATransactionTheyEndTogether() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    hub.database().sql("create table if not exists test_batch (event text)").update();
    try (var handler =
        batching(5)
            .with("transaction", true)
            .with("backoff", "1ms")
            .handle(
                exchange -> {
                  for (UUID id : ids(exchange)) {
                    hub.database()
                        .sql("insert into test_batch values (?)")
                        .param(id.toString())
                        .update();
                  }
                  if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("the first time");
                  }
                })) {
      List<UUID> sent = handler.log().append(handler.type(), 5);
      await().until(() -> handler.log().count(handler.id(), "done") == 5);
      assertThat(sent).hasSize(5);
    }
  }

  @Test
  void anEventThatABatchEmitsNeedsAKey() throws Exception {
    try (var handler =
        batching(5).with("retries", 0).emit("type: test.emitted").handle(exchange -> {})) {
      UUID event = handler.send();
      handler.awaitState(event, "dead");
      assertThat(handler.attempts(event).getFirst().detail()).contains("'key'").contains("batch");
    }
  }

  @Test
  void aRouteThatStopsGivesBackWhatWaitsForCompany() throws Exception {
    TestHandler handler = batching(100).with("batchWithin", "1h").handle(exchange -> {});
    UUID event = handler.send();
    handler.awaitState(event, "running");
    handler.close();
    assertThat(handler.awaitState(event, "ready").attempts()).isZero();
  }

  private static UUID append(TestHandler handler, String body) {
    return handler
        .log()
        .append(
            dev.serai.TestLog.event(
                "test", handler.type(), UUID.randomUUID().toString(), null, body, null))
        .id();
  }

  private TestHandler batching(int size) {
    return TestHandler.of(hub).with("batch", size).with("batchWithin", "200ms");
  }

  private static List<UUID> ids(Exchange exchange) {
    List<UUID> ids = new ArrayList<>();
    for (Object attributes : exchange.getVariable("events", List.class)) {
      ids.add(UUID.fromString(String.valueOf(((Map<?, ?>) attributes).get("id"))));
    }
    return ids;
  }
}
