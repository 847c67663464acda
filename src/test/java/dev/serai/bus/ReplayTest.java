package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens when an event is replayed? */
@EngineTurn
class ReplayTest {

  private final TestHub hub = TestHub.engine();
  private final String type = TestLog.newType();
  private final AtomicInteger handled = new AtomicInteger();

  @Test
  void everySubscriptionThatMatchesItGetsItAgain() throws Exception {
    try (var one = counting();
        var two = counting()) {
      UUID event = one.log().append(type);
      await().until(() -> handled.get() == 2);
      one.awaitState(event, "done");
      two.awaitState(event, "done");
      assertThat(replay(event, "").path("deliveries").size()).isEqualTo(2);
      await().until(() -> handled.get() == 4);
      assertThat(one.awaitState(event, "done").replays()).isEqualTo(1);
      assertThat(two.awaitState(event, "done").attempts()).isEqualTo(1);
    }
  }

  @Test
  void onlyTheSubscriptionNamedGetsIt() throws Exception {
    try (var one = counting();
        var two = counting()) {
      UUID event = one.log().append(type);
      one.awaitState(event, "done");
      two.awaitState(event, "done");
      replay(event, "?subscription=" + one.id());
      await().until(() -> one.delivery(event).replays() == 1);
      one.awaitState(event, "done");
      assertThat(handled).hasValue(3);
      assertThat(two.delivery(event).replays()).isZero();
    }
  }

  @Test
  void whatItsHandlingEmitsIsNotTakenForADuplicate() throws Exception {
    String emitted = TestLog.newType();
    try (var handler = TestHandler.of(hub).emit("type: " + emitted).handle(exchange -> {})) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      replay(event, "");
      await().until(() -> handler.delivery(event).replays() == 1);
      handler.awaitState(event, "done");
      String key = "%s/%s/%s-emit".formatted(event, handler.id(), handler.id());
      assertThat(keys(emitted)).containsExactly(key, key + "@1");
    }
  }

  @Test
  void oneThatIsBeingHandledIsLeftAlone() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (var handler = TestHandler.of(hub).handle(exchange -> end.await())) {
      UUID event = handler.send();
      handler.awaitState(event, "running");
      assertThat(replay(event, "").path("deliveries").get(0).path("state").asText())
          .isEqualTo("running");
      end.countDown();
      assertThat(handler.awaitState(event, "done").replays()).isZero();
    }
  }

  @Test
  void aDeadLetterHasAllItsAttemptsAgainAndKeepsThoseBefore() throws Exception {
    try (var handler =
        TestHandler.of(hub)
            .with("retries", 0)
            .handle(
                exchange -> {
                  throw new IllegalStateException("always");
                })) {
      UUID event = handler.send();
      handler.awaitState(event, "dead");
      var answer =
          Api.of(hub).post("/api/v1/dead-letters/%s/%s/retry".formatted(event, handler.id()), "");
      assertThat(answer.status()).isEqualTo(200);
      await().until(() -> handler.attempts(event).size() == 2);
      assertThat(handler.awaitState(event, "dead").attempts()).isEqualTo(1);
    }
  }

  private TestHandler counting() throws Exception {
    return TestHandler.of(hub).with("types", type).handle(exchange -> handled.incrementAndGet());
  }

  private com.fasterxml.jackson.databind.JsonNode replay(UUID event, String query)
      throws Exception {
    var answer = Api.of(hub).post("/api/v1/events/%s/replay%s".formatted(event, query), "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private List<String> keys(String ofType) {
    return hub.database()
        .sql("select key from serai.event where type = :type order by id")
        .param("type", ofType)
        .query(String.class)
        .list();
  }
}
