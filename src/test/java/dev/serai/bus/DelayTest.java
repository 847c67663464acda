package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** When is an event delivered that is emitted with a delay or a time? */
@EngineTurn
class DelayTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void notBeforeTheDelayIsOver() throws Exception {
    AtomicReference<Instant> handledAt = new AtomicReference<>();
    try (var late = TestHandler.of(hub).handle(exchange -> handledAt.set(now()));
        var handler =
            TestHandler.of(hub).emit("type: " + late.type() + ", delay: 700ms").handle(e -> {})) {
      Instant sent = now();
      handler.send();
      await().until(() -> handledAt.get() != null);
      assertThat(handledAt.get()).isAfterOrEqualTo(sent.plusMillis(700));
    }
  }

  @Test
  void aDelayMayBeComputed() throws Exception {
    try (var late = TestHandler.of(hub).handle(exchange -> {});
        var handler =
            TestHandler.of(hub)
                .emit("type: " + late.type() + ", delay: '${variable.wait}'")
                .handle(exchange -> exchange.setVariable("wait", "2h"))) {
      Instant sent = now();
      handler.awaitState(handler.send(), "done");
      assertThat(dueAt(late))
          .isBetween(sent.plus(Duration.ofHours(2)), now().plus(Duration.ofHours(2)));
    }
  }

  @Test
  void notBeforeTheTimeNamed() throws Exception {
    try (var late = TestHandler.of(hub).handle(exchange -> {});
        var handler =
            TestHandler.of(hub)
                .emit("type: " + late.type() + ", at: '2099-12-24T18:00:00Z'")
                .handle(exchange -> {})) {
      handler.awaitState(handler.send(), "done");
      assertThat(dueAt(late)).isEqualTo(Instant.parse("2099-12-24T18:00:00Z"));
      assertThat(late.log().count(late.id(), "ready")).isEqualTo(1);
    }
  }

  @Test
  void atOnceWhenTheTimeIsPast() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      Instant past = Instant.parse("2020-01-01T00:00:00Z");
      UUID event =
          handler
              .log()
              .append(
                  TestLog.event(
                      "test", handler.type(), UUID.randomUUID().toString(), null, "{}", past))
              .id();
      handler.awaitState(event, "done");
    }
  }

  private Instant dueAt(TestHandler late) {
    UUID event =
        hub.database()
            .sql("select id from serai.event where type = :type")
            .param("type", late.type())
            .query(UUID.class)
            .single();
    return late.delivery(event).dueAt();
  }

  private Instant now() {
    return hub.bean(java.time.Clock.class).instant();
  }
}
