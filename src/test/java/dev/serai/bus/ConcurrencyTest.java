package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many deliveries are handled at a time? */
@EngineTurn
class ConcurrencyTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void asManyAsTheSubscriptionAllowsAndNeverMore() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore gate = new Semaphore(0);
    try (var handler =
        TestHandler.of(hub)
            .with("concurrency", 3)
            .handle(
                exchange -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  gate.acquire();
                  running.decrementAndGet();
                })) {
      handler.log().append(handler.type(), 60);
      await().until(() -> running.get() == 3 && gate.getQueueLength() == 3);
      gate.release(60);
      await().until(() -> handler.log().count(handler.id(), "done") == 60);
      assertThat(most).hasValue(3);
    }
  }

  @Test
  void aBacklogOfThousandsIsHandledOnceEach() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    try (var handler = TestHandler.of(hub).handle(exchange -> handled.incrementAndGet())) {
      handler.log().append(handler.type(), 2_000);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> handler.log().count(handler.id(), "done") == 2_000);
      assertThat(handled).hasValue(2_000);
    }
  }
}
