package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.event.Deliveries;
import dev.serai.event.Subscriptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

/** In which order are the events of one key handled? */
@EngineTurn
class OrderTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void inTheOrderOfTheirAppendsAlsoWhenSomeFailAtFirst() throws Exception {
    Map<String, List<UUID>> handled = new ConcurrentHashMap<>();
    try (var handler =
        ordered()
            .with("backoff", "1ms")
            .with("concurrency", 8)
            .handle(
                exchange -> {
                  UUID event = TestHandler.eventId(exchange);
                  if (event.hashCode() % 10 == 0 && TestHandler.attempt(exchange) == 1) {
                    throw new IllegalStateException("at first");
                  }
                  handled
                      .computeIfAbsent(subject(exchange), key -> new CopyOnWriteArrayList<>())
                      .add(event);
                })) {
      Map<String, List<UUID>> sent = new HashMap<>();
      for (int i = 0; i < 150; i++) {
        String key = "key-" + i % 10;
        sent.computeIfAbsent(key, k -> new ArrayList<>()).add(handler.send(key));
      }
      await()
          .untilAsserted(
              () -> assertThat(handler.log().count(handler.id(), "done")).isEqualTo(150));
      assertThat(handled).isEqualTo(sent);
    }
  }

  @Test
  void aStuckKeyHoldsUpItselfAndNoOther() throws Exception {
    try (var handler =
        ordered()
            .handle(
                exchange -> {
                  if (subject(exchange).equals("stuck")
                      && !"{\"go\":1}".equals(exchange.getMessage().getBody(String.class))) {
                    throw new HttpOperationFailedException(
                        "http://localhost", 503, "", null, Map.of("Retry-After", "3600"), "");
                  }
                })) {
      UUID stuck = handler.send("stuck");
      UUID behind =
          handler
              .log()
              .append(
                  TestLog.event(
                      "test",
                      handler.type(),
                      UUID.randomUUID().toString(),
                      "stuck",
                      "{\"go\":1}",
                      null))
              .id();
      UUID other = handler.send("other");
      UUID without = handler.send(null);
      handler.awaitState(other, "done");
      handler.awaitState(without, "done");
      await().until(() -> handler.delivery(stuck).attempts() == 1);
      assertThat(handler.delivery(behind).attempts()).isZero();

      int subscription = hub.bean(Subscriptions.class).find(handler.id()).orElseThrow().id();
      hub.bean(Deliveries.class).cancel(stuck, subscription);
      handler.awaitState(behind, "done");
    }
  }

  private TestHandler ordered() {
    return TestHandler.of(hub).with("orderBy", "subject");
  }

  private static String subject(Exchange exchange) {
    return String.valueOf(TestHandler.attribute(exchange, "subject"));
  }
}
