package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.Api;
import dev.serai.SupabaseSender;
import dev.serai.TestHub;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is a hook told that a sign-in waits for, and where is it seen afterwards? */
class DecisionTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestHub hub = TestHub.shared();

  @Test
  void aUserOfNoBlockedDomainMayBeCreated() throws Exception {
    ObjectNode hook = fixture("12-auth-before-user-created");

    HttpResponse<String> answer = ask("before-user-created", hook);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.createObjectNode());
  }

  @Test
  void aUserOfABlockedDomainIsRefusedWithAMessageThatAuthShows() throws Exception {
    ObjectNode hook = fixture("12-auth-before-user-created");
    ((ObjectNode) hook.path("user")).put("email", "Someone@Blocked.Example");

    HttpResponse<String> answer = ask("before-user-created", hook);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).at("/error/http_code").asInt()).isEqualTo(403);
    assertThat(recorded(hook).at("/answer/error/http_code").asInt()).isEqualTo(403);
    assertThat(recorded(hook).path("decided_by").asText()).isEqualTo("route");
    assertThat(recorded(hook).path("request")).isEqualTo(hook);
  }

  @Test
  void aTokenKeepsItsClaimsAndGetsTheWorkspace() throws Exception {
    ObjectNode hook = fixture("11-auth-custom-access-token");
    ((ObjectNode) hook.at("/claims/app_metadata")).put("workspace_id", "acme");

    JsonNode claims = JSON.readTree(ask("access-token", hook).body()).path("claims");

    assertThat(claims.path("workspace_id").asText()).isEqualTo("acme");
    ((ObjectNode) claims).remove("workspace_id");
    assertThat(claims).isEqualTo(hook.path("claims"));
  }

  @Test
  void afterTooManyFailuresEvenARightPasswordIsRefused() throws Exception {
    String user = UUID.randomUUID().toString();
    for (int i = 0; i < 10; i++) {
      assertThat(decision("password", user, false)).isEqualTo("continue");
    }

    assertThat(decision("password", user, true)).isEqualTo("reject");
    assertThat(decision("password", UUID.randomUUID().toString(), false)).isEqualTo("continue");
  }

  @Test
  void aSuccessForgetsTheFailures() throws Exception {
    String user = UUID.randomUUID().toString();
    for (int i = 0; i < 9; i++) {
      decision("password", user, false);
    }
    decision("password", user, true);

    assertThat(decision("password", user, false)).isEqualTo("continue");
  }

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
    ObjectNode hook = fixture("11-auth-custom-access-token");
    try (var route = deciding("safe-" + UUID.randomUUID(), failure.getValue())) {
      HttpResponse<String> answer = post(route, hook);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(JSON.readTree(answer.body()).path("claims")).isEqualTo(hook.path("claims"));
      assertThat(recorded(hook).path("decided_by").asText()).isEqualTo("safe");
      assertThat(recorded(hook).path("reason").asText()).isEqualTo(failure.getKey());
      assertThat(recorded(hook).path("answer")).isEqualTo(JSON.readTree(answer.body()));
    }
  }

  @Test
  void askedAgainTheAnswerIsTheRecordedOne() throws Exception {
    ObjectNode hook = fixture("11-auth-custom-access-token");
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

  @Test
  void aHookThatAsksIsNotTakenWhereHooksAreQueued() throws Exception {
    HttpResponse<String> answer =
        new SupabaseSender(hub, "supabase-auth", "/supabase/auth")
            .post(fixture("15-auth-password-verification").toString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("cause").asText()).isEqualTo("wrong_type");
  }

  @Test
  void aHookThatIsToldIsQueuedOnceHoweverOftenAuthTries() throws Exception {
    String hook = fixture("13-auth-after-user-created").toString();
    SupabaseSender auth = new SupabaseSender(hub, "supabase-auth", "/supabase/auth");

    JsonNode first = JSON.readTree(auth.post(hook).body());
    JsonNode second = JSON.readTree(auth.post(hook).body());

    assertThat(List.of(first.path("status").asText(), second.path("status").asText()))
        .containsExactly("accepted", "duplicate");
    assertThat(second.path("id")).isEqualTo(first.path("id"));
  }

  private String decision(String path, String user, boolean valid) throws Exception {
    ObjectNode hook = fixture("15-auth-password-verification");
    hook.put("user_id", user).put("valid", valid);
    return JSON.readTree(ask(path, hook).body()).path("decision").asText();
  }

  private HttpResponse<String> ask(String path, ObjectNode hook) throws Exception {
    return new SupabaseSender(hub, "supabase-" + path, "/supabase/" + path).post(hook.toString());
  }

  /** What is in the log about a hook. */
  private JsonNode recorded(ObjectNode hook) throws Exception {
    Api api = Api.of(hub);
    String key = hook.at("/metadata/uuid").asText();
    JsonNode events = api.get("/api/v1/events?key=" + key).json().path("events");
    assertThat(events).hasSize(1);
    return api.get("/api/v1/events/%s/body".formatted(events.at("/0/id").asText())).json();
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

  private HttpResponse<String> post(Route route, ObjectNode hook) throws Exception {
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

  /** A recorded hook with an id of its own. */
  private static ObjectNode fixture(String name) throws Exception {
    ObjectNode hook =
        (ObjectNode) JSON.readTree(TestHub.bytes("fixtures/supabase/%s.json".formatted(name)));
    ((ObjectNode) hook.path("metadata")).put("uuid", UUID.randomUUID().toString());
    return hook;
  }
}
