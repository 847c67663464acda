package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.event.DeadLetters;
import dev.serai.event.RequestedBy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What does a dead letter mean to the later deliveries of its key? */
@EngineTurn
class DeadKeyTest {

  private final TestHub hub = TestHub.engine();
  private final AtomicBoolean broken = new AtomicBoolean(true);
  private final List<UUID> handled = new CopyOnWriteArrayList<>();

  @Test
  void whenADeadLetterBlocksItsKeyTheLaterOnesWaitForItsRetry() throws Exception {
    try (var handler = failing("block")) {
      UUID dead = handler.send("k");
      UUID behind = handler.send("k");
      UUID other = handler.send("other");
      handler.awaitState(dead, "dead");
      handler.awaitState(other, "done");
      UUID later = handler.send("k");
      assertThat(handler.delivery(behind).state()).isEqualTo("ready");

      broken.set(false);
      assertThat(hub.bean(DeadLetters.class).retry(dead, handler.id())).isTrue();
      handler.awaitState(later, "done");
      assertThat(handled).containsSubsequence(dead, behind, later);
    }
  }

  @Test
  void whenItIsDiscardedTheyGoOn() throws Exception {
    try (var handler = failing("block")) {
      UUID dead = handler.send("k");
      UUID behind = handler.send("k");
      handler.awaitState(dead, "dead");
      broken.set(false);
      var by = new RequestedBy("test", null);
      assertThat(hub.bean(DeadLetters.class).discard(dead, handler.id(), by)).isTrue();
      handler.awaitState(behind, "done");
    }
  }

  @Test
  void whenItIsEditedTheNewOneTakesItsPlace() throws Exception {
    try (var handler = failing("block")) {
      UUID dead = handler.send("k");
      UUID behind = handler.send("k");
      handler.awaitState(dead, "dead");
      broken.set(false);
      UUID edited =
          hub.bean(DeadLetters.class)
              .edit(
                  dead,
                  handler.id(),
                  "{}".getBytes(StandardCharsets.UTF_8),
                  new RequestedBy("test", null))
              .orElseThrow();
      handler.awaitState(behind, "done");
      assertThat(handled).containsExactly(edited, behind);
    }
  }

  @Test
  void whenADeadLetterParksItsKeyTheLaterOnesAreDeadLettersToo() throws Exception {
    try (var handler = failing("park")) {
      UUID dead = handler.send("k");
      List<UUID> behind = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        behind.add(handler.send("k"));
      }
      UUID other = handler.send("other");
      handler.awaitState(dead, "dead");
      handler.awaitState(other, "done");
      for (UUID event : behind) {
        assertThat(handler.awaitState(event, "dead").cause()).isEqualTo("parked");
      }
      broken.set(false);
      behind.addFirst(dead);
      for (UUID event : behind) {
        assertThat(hub.bean(DeadLetters.class).retry(event, handler.id())).isTrue();
      }
      handler.awaitState(behind.getLast(), "done");
      assertThat(handled).containsSubsequence(behind);
    }
  }

  @Test
  void whenItSkipsThemTheyGoOn() throws Exception {
    try (var handler = failing("skip")) {
      UUID dead = handler.send("k");
      handler.awaitState(dead, "dead");
      broken.set(false);
      handler.awaitState(handler.send("k"), "done");
    }
  }

  private TestHandler failing(String onDead) throws Exception {
    return TestHandler.of(hub)
        .with("orderBy", "subject")
        .with("onDead", onDead)
        .with("retries", 1)
        .with("backoff", "1ms")
        .handle(
            exchange -> {
              if (broken.get() && "k".equals(TestHandler.attribute(exchange, "subject"))) {
                throw new IllegalStateException("broken");
              }
              handled.add(TestHandler.eventId(exchange));
            });
  }
}
