package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is one with the end of a delivery whose subscription is a transaction? */
@EngineTurn
class TransactionTest {

  private final TestHub hub = TestHub.engine();

  @BeforeEach
  void makeTableAndStep() throws Exception {
    hub.database().sql("create table if not exists test_effect (event text, attempt int)").update();
    Files.writeString(
        hub.data().resolve("note.sql"),
        "insert into test_effect values (:#${variable.event[id]}, :#${variable.event[attempt]})");
    Processor failFirst =
        exchange -> {
          if (TestHandler.attempt(exchange) == 1) {
            throw new IllegalStateException("the first attempt");
          }
        };
    hub.camel().getRegistry().bind("test-fail-first", failFirst);
  }

  @Test
  void theSqlOfAFailedAttemptIsUndone() throws Exception {
    try (var handler = failingFirst(true)) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(effects(event)).containsExactly(2);
    }
  }

  /** Which would go on in another thread otherwise, and so outside of the transaction. */
  @Test
  void alsoWhatComesAfterADelayIsUndone() throws Exception {
    try (var handler =
        TestHandler.of(hub)
            .with("transaction", true)
            .with("backoff", "1ms")
            .then(
                """
                - delay: {id: wait, expression: {constant: {expression: "5"}}}
                - to: {id: note, uri: sql, parameters: {query: "file:%s"}}
                - process: {id: fail, ref: test-fail-first}
                """
                    .formatted(hub.data().resolve("note.sql")))
            .handle(exchange -> {})) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(effects(event)).containsExactly(2);
      assertThat(hub.camel().getInflightRepository().size(handler.id())).isZero();
    }
  }

  @Test
  void withoutItTheSqlOfAFailedAttemptStays() throws Exception {
    try (var handler = failingFirst(false)) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(effects(event)).containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  void itsEventsComeWithTheCommitAndOnlyThen() throws Exception {
    List<Integer> emittedAtAttempt = new CopyOnWriteArrayList<>();
    try (var listener =
            TestHandler.of(hub)
                .handle(
                    exchange ->
                        emittedAtAttempt.add(
                            Integer.valueOf(exchange.getMessage().getBody(String.class))));
        var handler =
            TestHandler.of(hub)
                .with("transaction", true)
                .with("backoff", "1ms")
                .then(
                    """
                    - to: {id: emit, uri: event, parameters: {type: %s, data: "${variable.event[attempt]}"}}
                    - process: {id: fail, ref: test-fail-first}
                    """
                        .formatted(listener.type()))
                .handle(exchange -> {})) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "done").attempts()).isEqualTo(2);
      await().until(() -> !emittedAtAttempt.isEmpty());
      assertThat(emittedAtAttempt).containsExactly(2);
    }
  }

  private TestHandler failingFirst(boolean transaction) throws Exception {
    return TestHandler.of(hub)
        .with("transaction", transaction)
        .with("backoff", "1ms")
        .then(
            """
            - to: {id: note, uri: sql, parameters: {query: "file:%s"}}
            - process: {id: fail, ref: test-fail-first}
            """
                .formatted(hub.data().resolve("note.sql")))
        .handle(exchange -> {});
  }

  private List<Integer> effects(UUID event) {
    return hub.database()
        .sql("select attempt from test_effect where event = :event")
        .param("event", event.toString())
        .query(Integer.class)
        .list();
  }
}
