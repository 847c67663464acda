package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHandler;
import dev.serai.TestLog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when a receiver does not take a post? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestSink.TURN)
class ReceiverFailureTest {
  private static final Processor NOTHING = exchange -> {};

  /** The first failed attempt at a new event. */
  private static TestLog.FailedAttempt firstFailure(TestHandler handler, UUID event) {
    await().until(() -> !handler.attempts(event).isEmpty());
    return handler.attempts(event).getFirst();
  }

  @ParameterizedTest
  @CsvSource({
    "500, ReceiverFailedException",
    "503, ReceiverFailedException",
    "408, ReceiverFailedException",
    "429, ReceiverFailedException",
    "400, ReceiverRefusedException",
    "401, ReceiverRefusedException",
    "404, ReceiverRefusedException",
    "304, ReceiverMovedException",
  })
  void whateverIsNoSuccessIsRepeatedUntilItIsOne(int status, String cause) throws Exception {
    String body = status == 304 ? "" : "not\nnow";
    try (Partner partner = Partner.start().answer(status, body).answer(200);
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.handler(NOTHING)) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "done").attempts()).isEqualTo(2);
      TestLog.FailedAttempt failure = handler.attempts(event).getFirst();
      assertThat(failure.cause()).isEqualTo(cause);
      assertThat(failure.detail())
          .contains(sink.name(), "127.0.0.1", String.valueOf(status))
          .contains(status == 304 ? "" : "not now")
          .doesNotContain("\n", "/hooks", TestSink.KEY);
      assertThat(partner.posts())
          .hasSize(2)
          .allSatisfy(post -> assertThat(post.header("Webhook-id")).isEqualTo(event.toString()));
    }
  }

  @ParameterizedTest
  @CsvSource({"503, false", "429, true"})
  void whoAsksForTimeIsGivenIt(int status, boolean asDate) throws Exception {
    Instant later = Instant.now().plus(Duration.ofHours(1));
    String retryAfter =
        asDate
            ? DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
                .format(later.atOffset(ZoneOffset.UTC))
            : "3600";
    try (Partner partner = Partner.start().answer(status, "busy", "Retry-After", retryAfter);
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.handler(NOTHING)) {
      UUID event = handler.send();
      firstFailure(handler, event);
      assertThat(handler.delivery(event).dueAt())
          .isBetween(later.minusSeconds(60), later.plusSeconds(60));
      assertThat(partner.posts()).as("the client repeats nothing by itself").hasSize(1);
    }
  }

  @Test
  void whoIsGoneIsLeftAloneAtOnce() throws Exception {
    try (Partner partner = Partner.start().answer(410, "no more");
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.handler(NOTHING)) {
      UUID event = handler.send();
      TestLog.Delivery delivery = handler.awaitState(event, "dead");
      assertThat(delivery.attempts()).isEqualTo(1);
      assertThat(delivery.cause()).isEqualTo("ReceiverGoneException");
      assertThat(handler.attempts(event).getFirst().detail()).contains("410", "no more");
      assertThat(partner.posts()).hasSize(1);
    }
  }

  @Test
  void whoCatchesTheFailureHasItsMessageAndTheAnswer() throws Exception {
    List<Object> seen = new ArrayList<>();
    Set<String> headers = new HashSet<>();
    try (Partner partner = Partner.start().answer(500, "sorry");
        TestSink sink = TestSink.of(partner);
        TestHandler handler =
            sink.catching(
                exchange -> {
                  headers.addAll(exchange.getMessage().getHeaders().keySet());
                  seen.add(exchange.getMessage().getBody());
                  seen.add(exchange.getVariable("serai.status"));
                })) {
      handler.awaitState(handler.send(), "done");
      assertThat(seen).containsExactly("{}", 500);
      assertThat(headers).noneMatch(name -> name.startsWith("webhook") || name.contains("Http"));
    }
  }

  @Test
  void anAuthorMayGiveUpOnRefusals() throws Exception {
    try (Partner partner = Partner.start().answer(422);
        TestSink sink = TestSink.of(partner);
        TestHandler handler =
            sink.prepared(NOTHING).with("fatal", "ReceiverRefusedException").handle(NOTHING)) {
      assertThat(handler.awaitState(handler.send(), "dead").attempts()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void nobodyIsSentElsewhere(int status) throws Exception {
    try (Partner other = Partner.start().answer(200);
        Partner partner =
            Partner.start().answer(status, "", "Location", other.url() + "?token=secret");
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.prepared(NOTHING).with("retries", 0).handle(NOTHING)) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "dead").cause()).isEqualTo("ReceiverMovedException");
      assertThat(handler.attempts(event).getFirst().detail())
          .contains("Location=127.0.0.1:" + other.port())
          .doesNotContain("token");
      assertThat(other.posts()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsSilentOrNeverEndsIsCutOff(boolean silent) throws Exception {
    try (Partner partner = silent ? Partner.start().silent() : Partner.start().halting();
        TestSink sink = TestSink.of(partner).with("responseTimeout", "300ms");
        TestHandler handler = sink.prepared(NOTHING).with("retries", 0).handle(NOTHING)) {
      UUID event = handler.send();
      assertThat(handler.awaitState(event, "dead").cause()).isEqualTo("SocketTimeoutException");
      assertThat(handler.attempts(event).getFirst().detail())
          .contains("127.0.0.1", "did not answer within 300 ms");
    }
  }

  @Test
  void aClosedPortIsAFailureLikeAnother() throws Exception {
    String url;
    try (Partner gone = Partner.start()) {
      url = gone.url();
    }
    try (TestSink sink = TestSink.unknown().set("url", url).set("secrets", TestSink.SECRET);
        TestHandler handler = sink.handler(NOTHING)) {
      assertThat(firstFailure(handler, handler.send()).cause())
          .isEqualTo("HttpHostConnectException");
    }
  }
}
