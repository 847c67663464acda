package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** Who is first when many wait? */
@EngineTurn
class PriorityTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void anUrgentEventDoesNotWaitBehindABacklog() throws Exception {
    List<UUID> handled = new CopyOnWriteArrayList<>();
    Semaphore gate = new Semaphore(0);
    try (var handler =
        TestHandler.of(hub)
            .with("concurrency", 1)
            .handle(
                exchange -> {
                  gate.acquire();
                  handled.add(TestHandler.eventId(exchange));
                })) {
      handler.log().append(handler.type(), 2_000);
      await().until(gate::hasQueuedThreads);
      UUID urgent = handler.log().append(TestLog.event(handler.type(), null).withPriority(5)).id();
      gate.release(10_000);
      handler.awaitState(urgent, "done");
      // Before it come at most those that were claimed already, and one more look for hints.
      assertThat(handled.indexOf(urgent)).isBetween(0, 20);
      await().until(() -> handler.log().count(handler.id(), "done") == 2_001);
    }
  }

  @Test
  void whatIsEmittedMayBeUrgent() throws Exception {
    try (var listener = TestHandler.of(hub).handle(exchange -> {});
        var handler =
            TestHandler.of(hub)
                .emit("type: %s, priority: 7".formatted(listener.type()))
                .handle(exchange -> {})) {
      handler.send();
      await().until(() -> listener.log().count(listener.id(), "done") == 1);
      assertThat(
              hub.database()
                  .sql(
                      """
                      select priority from serai.delivery d
                      join serai.subscription s on s.id = d.subscription_id where s.name = ?
                      """)
                  .param(listener.id())
                  .query(Integer.class)
                  .single())
          .isEqualTo(7);
    }
  }

  @Test
  void aPriorityThatIsNoneIsADeadLetter() throws Exception {
    try (var handler =
        TestHandler.of(hub)
            .with("retries", 0)
            .emit("type: test.emitted, priority: high")
            .handle(exchange -> {})) {
      UUID event = handler.send();
      handler.awaitState(event, "dead");
      assertThat(handler.attempts(event).getFirst().detail())
          .contains("priority")
          .contains("high")
          .contains("0 to 9");
    }
  }
}
