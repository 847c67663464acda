package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What happens to the events of a subscription that is paused? */
@EngineTurn
class PauseTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void theyAreKeptWithoutAHintAndHandledWhenItIsResumed() throws Exception {
    BlockingQueue<UUID> handled = new LinkedBlockingQueue<>();
    try (var handler =
        TestHandler.of(hub).handle(exchange -> handled.add(TestHandler.eventId(exchange)))) {
      handler.awaitState(handler.send(), "done");
      ask(handler, "pause");
      await()
          .until(
              () -> {
                handled.clear();
                handler.send();
                return handled.poll(300, TimeUnit.MILLISECONDS) == null;
              });
      int before = handler.log().count(handler.id(), "ready");
      List<UUID> kept = handler.log().append(handler.type(), 20);
      assertThat(handler.log().count(handler.id(), "ready")).isEqualTo(before + 20);
      assertThat(Streams.of(hub).length(handler.id())).isLessThanOrEqualTo(before);
      assertThat(handled).isEmpty();
      ask(handler, "resume");
      for (UUID event : kept) {
        handler.awaitState(event, "done");
      }
    }
  }

  @Test
  void itStaysPausedWhenItsRouteStartsAnew() throws Exception {
    TestHandler handler = TestHandler.of(hub).handle(exchange -> {});
    ask(handler, "pause");
    handler.close();
    try (var again = handler.handle(exchange -> {})) {
      UUID event = again.send();
      // The next one of another route is through: so this one had its time, too.
      try (var other = TestHandler.of(hub).handle(exchange -> {})) {
        other.awaitState(other.send(), "done");
      }
      assertThat(again.delivery(event).state()).isEqualTo("ready");
      ask(again, "resume");
      again.awaitState(event, "done");
    }
  }

  private void ask(TestHandler handler, String what) throws Exception {
    assertThat(
            Api.of(hub)
                .post("/api/v1/subscriptions/%s/%s".formatted(handler.id(), what), "")
                .status())
        .isEqualTo(200);
  }
}
