package dev.serai.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is an event that a route emits while it handles another? */
@EngineTurn
class EmissionTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void itIsOursAndNamesItsCauseItsStepAndItsPlaceInTheChain() throws Exception {
    String type = TestLog.newType();
    try (var handler = TestHandler.of(hub).emit("type: " + type).handle(exchange -> {})) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      Map<String, Object> emitted = emitted(type).getFirst();
      assertThat(emitted).containsEntry("source", "serai").containsEntry("hops", 1);
      assertThat(emitted.get("causation_id")).isEqualTo(event);
      assertThat(emitted.get("key"))
          .isEqualTo("%s/%s/%s-emit".formatted(event, handler.id(), handler.id()));
    }
  }

  @Test
  void anAttemptThatIsRepeatedEmitsItOnce() throws Exception {
    String type = TestLog.newType();
    try (var handler =
        TestHandler.of(hub)
            .with("backoff", "1ms")
            .then(
                """
                - to: {id: emit, uri: event, parameters: {type: %s}}
                - filter:
                    id: first
                    expression: {simple: {expression: "${variable.event[attempt]} == 1"}}
                    steps: [{throwException: {id: fail, exceptionType: java.lang.Exception, message: m}}]
                """
                    .formatted(type))
            .handle(exchange -> {})) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "done").attempts()).isEqualTo(2);
      assertThat(emitted(type)).hasSize(1);
    }
  }

  @Test
  void oneStepThatEmitsSeveralCountsThem() throws Exception {
    String type = TestLog.newType();
    try (var handler =
        TestHandler.of(hub)
            .then(
                """
                - split:
                    id: each
                    expression: {tokenize: {token: ","}}
                    steps: [{to: {id: emit, uri: event, parameters: {type: %s}}}]
                """
                    .formatted(type))
            .handle(exchange -> exchange.getMessage().setBody("\"a\",\"b\",\"c\""))) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      String key = event + "/" + handler.id() + "/emit";
      assertThat(emitted(type))
          .extracting(row -> row.get("key"))
          .containsExactlyInAnyOrder(key, key + "/2", key + "/3");
    }
  }

  @Test
  void itsAttributesComeFromTheMessage() throws Exception {
    String type = TestLog.newType();
    String key = UUID.randomUUID().toString();
    try (var handler =
        TestHandler.of(hub)
            .emit("type: /kind, subject: /who, workspace: '${variable.event[id]}', key: " + key)
            .handle(
                exchange ->
                    exchange
                        .getMessage()
                        .setBody("{\"kind\":\"%s\",\"who\":\"cus_1\"}".formatted(type)))) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(emitted(type).getFirst())
          .containsEntry("subject", "cus_1")
          .containsEntry("workspace", event.toString())
          .containsEntry("key", key);
      // The author's key is the author's: the same again is a duplicate.
      UUID second = handler.send();
      handler.awaitState(second, "done");
      assertThat(emitted(type)).hasSize(1);
    }
  }

  @Test
  void itBelongsToTheWorkspaceOfItsCause() throws Exception {
    String type = TestLog.newType();
    try (var handler = TestHandler.of(hub).emit("type: " + type).handle(exchange -> {})) {
      String body =
          "{\"type\":\"%s\",\"workspace\":\"ws_7\",\"data\":{}}".formatted(handler.type());
      var answer = Api.of(hub).post("/api/v1/events", body);
      handler.awaitState(UUID.fromString(answer.json().path("id").asText()), "done");
      assertThat(emitted(type).getFirst()).containsEntry("workspace", "ws_7");
    }
  }

  @Test
  void anOptionWithoutAValueFailsTheAttemptAndIsNamed() throws Exception {
    for (String wrong :
        List.of("type: /nothing", "type: t.t, delay: soon", "type: t.t, at: tomorrow")) {
      try (var handler =
          TestHandler.of(hub).with("retries", 0).emit(wrong).handle(exchange -> {})) {
        UUID event = handler.send();
        handler.awaitState(event, "dead");
        String option = wrong.substring(wrong.lastIndexOf(' ', wrong.lastIndexOf(':')) + 1);
        assertThat(handler.attempts(event).getFirst().detail())
            .contains("'" + option.substring(0, option.indexOf(':')) + "'")
            .contains(option.substring(option.indexOf(' ') + 1));
      }
    }
  }

  @Test
  void aChainThatFeedsItselfEndsAsADeadLetter() throws Exception {
    TestHandler handler = TestHandler.of(hub).with("retries", 5);
    try (handler) {
      handler.emit("type: " + handler.type()).handle(exchange -> {});
      handler.send();
      await().until(() -> handler.log().count(handler.id(), "dead") == 1);
      assertThat(handler.log().count(handler.id(), "done")).isEqualTo(HopLimitException.LIMIT);
      List<Map<String, Object>> chain = emitted(handler.type());
      UUID last = (UUID) requireNonNull(chain.getLast().get("id"));
      assertThat(handler.delivery(last).cause()).isEqualTo("loop");
      assertThat(handler.delivery(last).attempts()).isEqualTo(1);
      assertThat(chain.getLast()).containsEntry("hops", HopLimitException.LIMIT);
    }
  }

  private List<Map<String, Object>> emitted(String type) {
    return hub.database()
        .sql("select * from serai.event where type = :type and hops > 0 order by hops, id")
        .param("type", type)
        .query()
        .listOfRows();
  }
}
