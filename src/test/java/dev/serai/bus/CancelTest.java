package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.event.Deliveries;
import dev.serai.event.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What happens when a delivery is cancelled? */
@EngineTurn
class CancelTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void oneThatWaitsEndsAtOnceAndIsNeverHandled() throws Exception {
    AtomicInteger handled = new AtomicInteger();
    try (var handler = TestHandler.of(hub).handle(exchange -> handled.incrementAndGet())) {
      Instant soon = hub.bean(java.time.Clock.class).instant().plusSeconds(2);
      UUID event =
          handler
              .log()
              .append(
                  TestLog.event(
                      "test", handler.type(), UUID.randomUUID().toString(), null, "{}", soon))
              .id();
      assertThat(cancel(handler, event)).isTrue();
      assertThat(handler.delivery(event).state()).isEqualTo("cancelled");
      await().until(() -> hub.bean(java.time.Clock.class).instant().isAfter(soon));
      UUID next = handler.send();
      handler.awaitState(next, "done");
      assertThat(handled).hasValue(1);
    }
  }

  @Test
  void oneThatRunsIsInterruptedAndNotRepeated() throws Exception {
    AtomicInteger interrupted = new AtomicInteger();
    try (var handler =
        TestHandler.of(hub)
            .handle(
                exchange -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.incrementAndGet();
                    throw e;
                  }
                })) {
      UUID event = handler.send();
      handler.awaitState(event, "running");
      assertThat(cancel(handler, event)).isTrue();
      assertThat(handler.awaitState(event, "cancelled").attempts()).isEqualTo(1);
      assertThat(interrupted).hasValue(1);
    }
  }

  @Test
  void oneThatIsClaimedAndWaitsForAWorkerIsNeverHandled() throws Exception {
    AtomicBoolean hold = new AtomicBoolean();
    Semaphore gate = new Semaphore(0);
    List<UUID> handled = new CopyOnWriteArrayList<>();
    try (var handler =
        TestHandler.of(hub)
            .with("concurrency", 1)
            .handle(
                exchange -> {
                  if (hold.get()) {
                    gate.acquire();
                  }
                  handled.add(TestHandler.eventId(exchange));
                })) {
      // Once handlers are known to be quick, more is claimed than one.
      handler.log().append(handler.type(), 100);
      await().until(() -> handler.log().count(handler.id(), "done") == 100);
      hold.set(true);
      List<UUID> events = handler.log().append(handler.type(), 5);
      await().until(() -> handler.log().count(handler.id(), "running") == 5);
      await().until(() -> gate.hasQueuedThreads());
      UUID last =
          events.stream()
              .filter(event -> handler.delivery(event).state().equals("running"))
              .reduce((first, second) -> second)
              .orElseThrow();
      assertThat(cancel(handler, last)).isTrue();
      await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
      gate.release(5);
      handler.awaitState(last, "cancelled");
      assertThat(handled).doesNotContain(last);
    }
  }

  @Test
  void oneWhoseAttemptFailsBeforeTheInterruptionIsNotRepeatedEither() throws Exception {
    CountDownLatch fail = new CountDownLatch(1);
    try (var handler =
        TestHandler.of(hub)
            .with("backoff", "1ms")
            .handle(
                exchange -> {
                  fail.await();
                  throw new IllegalStateException("meanwhile");
                })) {
      UUID event = handler.send();
      handler.awaitState(event, "running");
      assertThat(cancel(handler, event)).isTrue();
      fail.countDown();
      assertThat(handler.awaitState(event, "cancelled").attempts()).isEqualTo(1);
    }
  }

  /** Its thread is lost, but nobody waits for it, and what it says later counts no more. */
  @Test
  void oneThatIgnoresItsInterruptionIsGivenUpSoon() throws Exception {
    AtomicBoolean goOn = new AtomicBoolean();
    try (var handler =
        TestHandler.of(hub)
            .handle(
                exchange -> {
                  while (!goOn.get()) {
                    Thread.interrupted(); // as code does that knows no interruptions
                    LockSupport.parkNanos(1_000_000);
                  }
                })) {
      UUID event = handler.send();
      handler.awaitState(event, "running");
      assertThat(cancel(handler, event)).isTrue();
      handler.awaitState(event, "cancelled");
      goOn.set(true);
      UUID next = handler.send();
      handler.awaitState(next, "done");
      assertThat(handler.delivery(event).state()).isEqualTo("cancelled");
    }
  }

  @Test
  void oneThatIsDoneStaysDone() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(cancel(handler, event)).isFalse();
      assertThat(handler.delivery(event).state()).isEqualTo("done");
    }
  }

  private boolean cancel(TestHandler handler, UUID event) throws Exception {
    int subscription = hub.bean(Subscriptions.class).find(handler.id()).orElseThrow().id();
    return hub.bean(Deliveries.class).cancel(event, subscription);
  }
}
