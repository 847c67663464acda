package dev.serai.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.AlertRules;
import dev.serai.Api;
import dev.serai.Metrics;
import dev.serai.PromHistory;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** What does somebody see who looks at the trace of an event? */
class TraceTest {

  private static final String SOURCE = TracedSource.NAME;
  private static final String POST =
      """
      - to:
          id: "{id}-post"
          uri: kamelet:http-post
          parameters: {sink: %s}
      """;

  private static OtlpReceiver receiver;
  private static TestHub one;
  private static TestHub two;
  private static TracedSource door;

  @BeforeAll
  static void start() throws Exception {
    receiver = OtlpReceiver.start();
    Map<String, String> settings =
        Map.of(
            "serai.tracing.endpoint", receiver.url() + "/v1/traces",
            "serai.tracing.headers", "Authorization: Bearer of-a-test",
            "serai.tracing.sampling", "1",
            "serai.tracing.queue", "16",
            "serai.tracing.export-every", "50ms");
    one = TestHub.shared().another(settings);
    two = TestHub.shared().another(settings);
    door = new TracedSource(one, receiver);
  }

  @AfterAll
  static void stop() throws Exception {
    door.close();
    two.close();
    one.close();
    receiver.close();
  }

  @Test
  void everyHopOverTwoHubsIsThereOnce() throws Exception {
    String emitted = TestLog.newType();
    List<String> logged = new CopyOnWriteArrayList<>();
    try (var first =
            TestHandler.of(one)
                .with("types", SOURCE + ".invoice.paid")
                .emit("type: " + emitted)
                .handle(
                    exchange -> {
                      logged.add(MDC.get("trace_id") + "-" + MDC.get("span_id"));
                    });
        var second =
            TestHandler.of(two)
                .with("types", emitted)
                .with("backoff", "1ms")
                .then(POST.formatted(door.sink()))
                .handle(
                    exchange -> {
                      if (TestHandler.attempt(exchange) == 1) {
                        throw new IllegalStateException("of a test");
                      }
                    })) {
      UUID event = TracedSource.accepted(door.post(null));
      first.awaitState(event, "done");
      UUID next = door.emitted(event);
      second.awaitState(next, "done");
      String trace = event.toString().replace("-", "");
      assertThat(door.traceId(event)).isEqualTo(trace);
      assertThat(door.traceId(next)).isEqualTo(trace);
      await().untilAsserted(() -> assertThat(receiver.of(trace)).hasSize(7));
      SpanTree tree = new SpanTree(receiver.of(trace));
      assertThat(tree.text())
          .isEqualTo(
              String.join(
                  "\n",
                  "SERVER receive " + SOURCE,
                  " PRODUCER append " + SOURCE,
                  "  CONSUMER handle " + first.id() + " 1",
                  "   PRODUCER emit " + emitted,
                  "    CONSUMER handle " + second.id() + " 1 java.lang.IllegalStateException",
                  "    CONSUMER handle " + second.id() + " 2",
                  "     CLIENT kamelet http-post"));
      assertThat(receiver.traceparent(next.toString()))
          .isEqualTo("00-%s-%s-01".formatted(trace, tree.id("kamelet http-post")));
      assertThat(logged).containsExactly(trace + "-" + tree.id("handle " + first.id()));
      assertThat(receiver.authorization()).isEqualTo("Bearer of-a-test");
    }
  }

  @Test
  void aTraceThatTheSenderHasBegunGoesOn() throws Exception {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    try (var handler =
        TestHandler.of(one).with("types", SOURCE + ".invoice.paid").handle(exchange -> {})) {
      UUID event = TracedSource.accepted(door.post("00-" + trace + "-00f067aa0ba902b7-01"));
      handler.awaitState(event, "done");
      assertThat(door.traceId(event)).isEqualTo(trace);
      await().untilAsserted(() -> assertThat(receiver.of(trace)).hasSize(3));
      assertThat(new SpanTree(receiver.of(trace)).text())
          .isEqualTo(
              String.join(
                  "\n",
                  "SERVER receive " + SOURCE + " < 00f067aa0ba902b7",
                  " PRODUCER append " + SOURCE,
                  "  CONSUMER handle " + handler.id() + " 1"));
      assertThat(door.stored(event)).endsWith("-01 vendor=1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "'; drop table",
      })
  void nonsenseIsNoTrace(String traceparent) throws Exception {
    UUID event = TracedSource.accepted(door.post(traceparent));
    assertThat(door.traceId(event)).isEqualTo(event.toString().replace("-", ""));
    assertThat(door.stored(event)).isEmpty();
  }

  @Test
  void theTraceOfARunHasItsId() throws Exception {
    String name = "traced-" + UUID.randomUUID();
    try (var job = TestHandler.job(one, name).with("every", "30d").handle(exchange -> {})) {
      String run =
          Api.of(one).post("/api/v1/jobs/" + name + "/run", "{}").json().path("id").asText();
      String trace = run.replace("-", "");
      await().untilAsserted(() -> assertThat(receiver.of(trace)).hasSize(2));
      assertThat(new SpanTree(receiver.of(trace)).text())
          .isEqualTo("PRODUCER append job\n CONSUMER handle " + job.id() + " 1");
    }
  }

  @Test
  void aReceiverThatIsAwayCostsSpansAndNothingElse() throws Exception {
    int events = 40;
    Metrics before = Metrics.of(two);
    assertThat(AlertRules.fires("SpansDropped", PromHistory.of(before, before, before))).isFalse();
    try (var handler = TestHandler.of(two).handle(exchange -> {});
        var down = receiver.down()) {
      for (int i = 0; i < events; i++) {
        handler.send();
      }
      await().until(() -> handler.log().count(handler.id(), "done") == events);
      await()
          .until(() -> Metrics.of(two).value("serai_trace_spans_total", "outcome", "dropped") > 0);
      Metrics after = Metrics.of(two);
      assertThat(AlertRules.fires("SpansDropped", PromHistory.of(before, before, after))).isTrue();
    }
  }
}
