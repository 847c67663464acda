package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog.FailedAttempt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

/** What happens when a handler hangs? */
@EngineTurn
class TimeoutTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void itIsInterruptedAndTheDeliveryRepeated() throws Exception {
    AtomicInteger interrupted = new AtomicInteger();
    try (var handler =
        TestHandler.of(hub)
            .with("timeout", "100ms")
            .with("backoff", "1ms")
            .handle(
                exchange -> {
                  if (TestHandler.attempt(exchange) == 1) {
                    try {
                      new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                      interrupted.incrementAndGet();
                      throw e;
                    }
                  }
                })) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "done").attempts()).isEqualTo(2);
      assertThat(interrupted).hasValue(1);
      assertThat(handler.attempts(event))
          .extracting(FailedAttempt::cause)
          .containsExactly("timeout");
    }
  }

  @Test
  void itHoldsUpNoOtherSubscription() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (var hanging = TestHandler.of(hub).with("concurrency", 2).handle(exchange -> end.await());
        var other = TestHandler.of(hub).handle(exchange -> {})) {
      hanging.log().append(hanging.type(), 50);
      for (UUID event : other.log().append(other.type(), 50)) {
        other.awaitState(event, "done");
      }
      assertThat(hanging.log().count(hanging.id(), "done")).isZero();
      end.countDown();
    }
  }

  @Test
  void ifItIgnoresItsInterruptionItIsGivenUpAndItsLateEndChangesNothing() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Processor stubborn =
        exchange -> {
          if (TestHandler.attempt(exchange) > 1) {
            throw new IllegalStateException("the second attempt");
          }
          awaitUninterruptibly(end);
          ended.incrementAndGet();
        };
    try (var plain = handler().handle(stubborn);
        var transacted = handler().with("transaction", true).handle(stubborn)) {
      UUID first = plain.send();
      UUID second = transacted.send();
      // While the first attempt still hangs, another has used up the retries.
      assertThat(plain.awaitState(first, "dead").cause()).isEqualTo("IllegalStateException");
      assertThat(transacted.awaitState(second, "dead").cause()).isEqualTo("IllegalStateException");
      end.countDown();
      await().until(() -> ended.get() == 2);
      UUID next = plain.send();
      plain.awaitState(next, "done");
      assertThat(plain.delivery(first).state()).isEqualTo("dead");
      assertThat(transacted.delivery(second).state()).isEqualTo("dead");
      assertThat(plain.attempts(first))
          .extracting(FailedAttempt::cause)
          .containsExactly("timeout", "IllegalStateException");
    }
  }

  private TestHandler handler() {
    return TestHandler.of(hub).with("timeout", "100ms").with("backoff", "1ms").with("retries", 1);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
