package dev.serai.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog.FailedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

/** What happens when a handler fails? */
@EngineTurn
class RetryTest {

  private static final Processor FAILING =
      exchange -> {
        throw new IllegalStateException("it does not work");
      };

  private final TestHub hub = TestHub.engine();

  private TestHandler handler() {
    return TestHandler.of(hub).with("backoff", "2ms").with("maxBackoff", "10ms");
  }

  @Test
  void aDeliveryIsRepeatedUntilItIsDoneAndItsFailuresAreKept() throws Exception {
    try (var handler =
        handler()
            .handle(
                exchange -> {
                  if (TestHandler.attempt(exchange) < 3) {
                    throw new IllegalStateException("no. " + TestHandler.attempt(exchange));
                  }
                })) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "done").attempts()).isEqualTo(3);
      assertThat(handler.delivery(event).cause()).isNull();
      assertThat(handler.attempts(event))
          .extracting(FailedAttempt::attempt, FailedAttempt::cause, FailedAttempt::detail)
          .containsExactly(
              tuple(1, "IllegalStateException", "IllegalStateException: no. 1"),
              tuple(2, "IllegalStateException", "IllegalStateException: no. 2"));
    }
  }

  @Test
  void usedUpRetriesMakeADeadLetterWithItsCauseAndEveryAttempt() throws Exception {
    try (var handler = handler().with("retries", 1).handle(FAILING)) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "dead").cause()).isEqualTo("IllegalStateException");
      assertThat(handler.attempts(event))
          .hasSize(2)
          .allSatisfy(attempt -> assertThat(attempt.detail()).contains("it does not work"));
      assertThat(handler.attempts(event).getLast().retryAt()).isNull();
    }
  }

  @Test
  void noWaitIsLongerThanTheCap() throws Exception {
    try (var handler = handler().with("retries", 2).with("maxBackoff", "20ms").handle(FAILING)) {
      UUID event = handler.send();
      handler.awaitState(event, "dead");
      assertThat(handler.attempts(event))
          .filteredOn(attempt -> attempt.retryAt() != null)
          .hasSize(2)
          .allSatisfy(
              attempt ->
                  // The end is written a little after the time of the retry was reckoned.
                  assertThat(requireNonNull(attempt.retryAt()).toInstant())
                      .isBefore(attempt.endedAt().plusMillis(21)));
    }
  }

  @Test
  void anErrorNamedFatalIsNotRepeated() throws Exception {
    try (var handler = handler().with("fatal", "IllegalStateException").handle(FAILING)) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "dead").attempts()).isEqualTo(1);
    }
  }

  @Test
  void anErrorIsFatalAlsoByItsFullNameAndByThatOfItsParent() throws Exception {
    try (var handler =
        handler().with("fatal", "java.lang.RuntimeException, NoSuchThing").handle(FAILING)) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "dead").attempts()).isEqualTo(1);
    }
  }

  @Test
  void anEventThatWouldBeTooOldAtItsRetryIsADeadLetter() throws Exception {
    try (var handler = handler().with("maxAge", "1ms").handle(FAILING)) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "dead").attempts()).isLessThan(11);
    }
  }

  @Test
  void aRemoteSideThatAsksToWaitIsGivenItsTime() throws Exception {
    try (var handler =
        handler()
            .handle(
                exchange -> {
                  throw new HttpOperationFailedException(
                      "http://localhost", 429, "busy", null, Map.of("retry-after", "3600"), "");
                })) {
      Instant before = Instant.now();
      UUID event = handler.send();
      await().until(() -> !handler.attempts(event).isEmpty());
      assertThat(handler.delivery(event).dueAt())
          .isBetween(
              before.plus(Duration.ofMinutes(59)), Instant.now().plus(Duration.ofMinutes(61)));
      assertThat(handler.attempts(event).getFirst().cause())
          .isEqualTo("HttpOperationFailedException");
    }
  }

  @Test
  void aMessageThatPostgreSqlCanNotStoreIsKeptWithoutWhatItRefuses() throws Exception {
    try (var handler =
        handler()
            .with("retries", 0)
            .handle(
                exchange -> {
                  throw new IllegalStateException("zero \0, half \uD83D, long " + "x".repeat(9000));
                })) {
      UUID event = handler.send();
      handler.awaitState(event, "dead");
      assertThat(handler.attempts(event).getFirst().detail())
          .contains("zero \\0, half")
          .hasSizeBetween(4_000, 4_010);
    }
  }

  @Test
  void anErrorOfTheMachineIsRepeatedLikeAnyOther() throws Exception {
    try (var handler =
        handler()
            .handle(
                exchange -> {
                  if (TestHandler.attempt(exchange) == 1) {
                    throw new StackOverflowError();
                  }
                })) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(handler.attempts(event))
          .extracting(FailedAttempt::cause)
          .containsExactly("StackOverflowError");
      assertThat(hub.camel().getInflightRepository().size(handler.id())).isZero();
    }
  }
}
