package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which failures do not open a breaker? */
@EngineTurn
class FailureRowTest {

  private final TestHub hub = TestHub.engine();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean down = true;

  @Test
  void oneEventThatFailsAgainAndAgainDoesNotOpenIt() throws Exception {
    try (var handler = handler().with("retries", 9)) {
      handler.handle(exchange -> call());
      handler.awaitState(handler.send(), "dead");
      assertThat(calls).hasValue(10);
      assertThat(opened(handler)).isZero();
    }
  }

  @Test
  void aBatchThatFailsCountsAsOne() throws Exception {
    try (var handler = handler().with("retries", 1).with("batch", 10).with("batchWithin", "1h")) {
      handler.handle(exchange -> call());
      for (UUID event : handler.log().append(handler.type(), 10)) {
        handler.awaitState(event, "dead");
      }
      assertThat(opened(handler)).isZero();
    }
  }

  @Test
  void whatNoRetryCanMendDoesNotOpenIt() throws Exception {
    try (var handler = handler().with("fatal", "IllegalStateException")) {
      handler.handle(exchange -> call());
      for (UUID event : handler.log().append(handler.type(), 10)) {
        handler.awaitState(event, "dead");
      }
      assertThat(opened(handler)).isZero();
    }
  }

  @Test
  void aSuccessBetweenThemEndsTheRow() throws Exception {
    try (var handler = handler().with("retries", 0).with("concurrency", 1)) {
      handler.handle(exchange -> call());
      for (int i = 0; i < 9; i++) {
        down = i % 3 != 2;
        handler.awaitState(handler.send(), down ? "dead" : "done");
      }
      assertThat(opened(handler)).isZero();
    }
  }

  private TestHandler handler() {
    return TestHandler.of(hub)
        .with("backoff", "10ms")
        .with("maxBackoff", "50ms")
        .with("breakerThreshold", 3);
  }

  private void call() {
    calls.incrementAndGet();
    if (down) {
      throw new IllegalStateException("The receiver is down");
    }
  }

  private int opened(TestHandler handler) {
    return hub.database()
        .sql(
            """
            select b.opened from serai.breaker b
            join serai.subscription s on s.id = b.subscription_id where s.name = :name
            """)
        .param("name", handler.id())
        .query(Integer.class)
        .single();
  }
}
