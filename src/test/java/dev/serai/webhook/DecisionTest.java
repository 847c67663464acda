package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.SupabaseHook;
import dev.serai.SupabaseSender;
import dev.serai.TestHub;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is a sender told that waits for a decision, when there is none? */
class DecisionTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestHub hub = TestHub.shared();

  /** How a route can fail to decide, and the reason that is recorded. */
  static Stream<Map.Entry<String, Processor>> failures() {
    return Stream.of(
        Map.entry(
            "failed",
            exchange -> {
              throw new IllegalStateException("of the test");
            }),
        Map.entry("late", exchange -> new CountDownLatch(1).await()),
        Map.entry("invalid", exchange -> exchange.getMessage().setBody("{\"other\":1}")),
        Map.entry("invalid", exchange -> exchange.getMessage().setBody("no JSON")),
        Map.entry("invalid", exchange -> exchange.getMessage().setBody(null)),
        Map.entry("invalid", exchange -> {}));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void withoutADecisionTheSafeAnswerIsGivenAndRecorded(Map.Entry<String, Processor> failure)
      throws Exception {
    SupabaseHook hook = SupabaseHook.of("11-auth-custom-access-token");
    try (var route = deciding("safe-" + UUID.randomUUID(), failure.getValue())) {
      HttpResponse<String> answer = post(route, hook);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(JSON.readTree(answer.body()).path("claims")).isEqualTo(hook.json().path("claims"));
      assertThat(hook.recorded(hub).path("decided_by").asText()).isEqualTo("safe");
      assertThat(hook.recorded(hub).path("reason").asText()).isEqualTo(failure.getKey());
      assertThat(hook.recorded(hub).path("answer")).isEqualTo(JSON.readTree(answer.body()));
    }
  }

  @Test
  void askedAgainTheAnswerIsTheRecordedOne() throws Exception {
    SupabaseHook hook = SupabaseHook.of("11-auth-custom-access-token");
    int[] calls = new int[1];
    Processor counting =
        exchange ->
            exchange.getMessage().setBody("{\"claims\":{\"call\":%s}}".formatted(++calls[0]));
    try (var route = deciding("again-" + UUID.randomUUID(), counting)) {
      String first = post(route, hook).body();
      String second = post(route, hook).body();

      assertThat(calls[0]).isEqualTo(2);
      assertThat(second).isEqualTo(first).contains("\"call\":1");
    }
  }

  static Stream<Map.Entry<String, String>> mistakes() {
    String types = "type: /metadata/name\n";
    return Stream.of(
        Map.entry("'types' must name", types),
        Map.entry("a sign-in waits for", types + "types: send-sms,mfa-verification"),
        Map.entry("'safeAnswer' is ''", types + "types: mfa-verification\ndecide: 1s"),
        Map.entry("a JSON object", types + "decide: 1s\nsafeAnswer: 'continue'"),
        Map.entry("at most 4 s", types + "decide: 5s\nsafeAnswer: '{}'"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aSourceThatWouldQueueADecisionIsRefused(Map.Entry<String, String> mistake) {
    assertThatThrownBy(() -> hub.routes(route("mistaken", mistake.getValue(), "log:nothing")))
        .rootCause()
        .hasMessageContaining(mistake.getKey());
  }

  private interface Route extends AutoCloseable {
    String source();

    @Override
    void close() throws Exception;
  }

  private Route deciding(String source, Processor processor) throws Exception {
    hub.camel().getRegistry().bind(source, Processor.class, processor);
    TestHub.Routes routes =
        hub.routes(
            route(
                source,
                "type: /metadata/name\ndecide: 300ms\nsafeAnswer: '{\"claims\":{/claims} }'",
                "bean:%s?method=process".formatted(source)));
    return new Route() {
      @Override
      public String source() {
        return source;
      }

      @Override
      public void close() throws Exception {
        routes.close();
        hub.camel().getRegistry().unbind(source);
      }
    };
  }

  private HttpResponse<String> post(Route route, SupabaseHook hook) throws Exception {
    return new SupabaseSender(hub, route.source(), "/" + route.source()).post(hook.toString());
  }

  private static String route(String source, String options, String to) {
    return """
    - route:
        id: webhook-%s
        routeConfigurationId: webhook-policy
        from:
          uri: inbound
          parameters:
            source: %s
            scheme: standard-webhooks
            key: /metadata/uuid
    %s
          steps:
            - to:
                uri: %s
    """
        .formatted(source, source, options.indent(8).stripTrailing(), to);
  }
}
