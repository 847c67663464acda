package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who changed what? */
class AuditTest {

  private final TestHub hub = TestHub.shared();
  private final Api admin = Api.of(hub);
  private final Api operator = new Api(hub.url(), TestHub.OPERATOR_KEY);
  private final Api viewer = new Api(hub.url(), TestHub.VIEWER_KEY);
  private final String path = "/api/v1/subscriptions/s" + UUID.randomUUID();

  @Test
  void aChangeIsKeptWithWhoWhatAndHowItEnded() throws Exception {
    Instant before = Instant.now().minusSeconds(1);
    Api.Answer answer = operator.post(path + "/pause?reason=for%20a%20test", "");
    JsonNode call = only(path);

    assertThat(call.path("key").asText()).isEqualTo("ci");
    assertThat(call.path("role").asText()).isEqualTo("operator");
    assertThat(call.path("remote").asText()).isEqualTo("127.0.0.1");
    assertThat(call.path("method").asText()).isEqualTo("POST");
    assertThat(call.path("path").asText()).isEqualTo(path + "/pause");
    assertThat(call.at("/parameters/reason").asText()).isEqualTo("for a test");
    assertThat(call.path("status").asInt()).isEqualTo(404);
    assertThat(call.path("detail").asText()).startsWith("There is no subscription");
    assertThat(call.path("request_id").asText()).isEqualTo(answer.header("X-Request-Id"));
    assertThat(Instant.parse(call.path("at").asText())).isAfter(before);
    assertThat(hub.database().sql("select * from serai.audit").query().listOfRows().toString())
        .doesNotContain(TestHub.OPERATOR_KEY);
  }

  @Test
  void aRefusedChangeIsKeptToo() throws Exception {
    viewer.post(path + "/resume", "");
    JsonNode call = only(path);

    assertThat(call.path("key").asText()).isEqualTo("board");
    assertThat(call.path("status").asInt()).isEqualTo(403);
    assertThat(call.path("detail").asText()).contains("role operator");
  }

  @Test
  void lookingIsNotKeptAndNeitherIsWhoHasNoKey() throws Exception {
    operator.get(path + "/pause");
    operator.send("HEAD", path + "/pause");
    admin.open("POST", path + "/pause");
    new Api(hub.url(), "no key of the hub's").post(path + "/pause", "");

    assertThat(calls("?path=" + path)).isEmpty();
  }

  @Test
  void secretsAndOddCharactersStayOut() throws Exception {
    operator.post(
        path + "/pause?api_key=hidden&Password=hidden&reason=a%00b%0Ac" + "%20".repeat(400), "");
    JsonNode parameters = only(path).path("parameters");

    assertThat(parameters.path("api_key").asText()).isEqualTo("(6 characters)");
    assertThat(parameters.path("Password").asText()).isEqualTo("(6 characters)");
    assertThat(parameters.path("reason").asText()).startsWith("a?b?c").hasSize(256);
  }

  @Test
  void ofABodyOnlyWhatIsNamedIsKept() throws Exception {
    String key = "k" + UUID.randomUUID();
    String type = "test." + UUID.randomUUID();
    operator.post(
        "/api/v1/events",
        "{\"type\":\"%s\",\"key\":\"%s\",\"data\":{\"card\":\"4242\"}}".formatted(type, key));
    JsonNode call = calls("?path=/api/v1/events&key=ci&limit=1").getFirst();

    assertThat(call.at("/parameters/key").asText()).isEqualTo(key);
    assertThat(call.at("/parameters/type").asText()).isEqualTo(type);
    assertThat(call.toString()).doesNotContain("4242");
    assertThat(call.path("status").asInt()).isEqualTo(200);
  }

  @Test
  void callsAreFoundByKeyPathAndTimeInPages() throws Exception {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      (i % 2 == 0 ? operator : viewer).post(path + "/" + i, "");
      made.addFirst(path + "/" + i);
    }
    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = admin.get("/api/v1/audit?limit=2&path=" + path + cursor).json();
      assertThat(page.path("calls").size()).isBetween(1, 2);
      page.path("calls").forEach(call -> listed.add(call.path("path").asText()));
      cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());

    assertThat(listed).isEqualTo(made);
    assertThat(calls("?key=board&path=" + path)).hasSize(2);
    assertThat(calls("?path=" + path + "/3")).hasSize(1);
    assertThat(calls("?path=" + path.substring(0, path.length() - 1))).isEmpty();
    assertThat(calls("?to=2026-01-02T00:00:00Z&path=" + path)).isEmpty();
    assertThat(calls("?from=2026-01-02T00:00:00Z&path=" + path)).hasSize(5);
    assertThat(admin.get("/api/v1/audit?who=ci").json().path("detail").asText()).contains("who");
  }

  @Test
  void whatCanNotBeKeptIsNotDone() throws Exception {
    String type = "test." + UUID.randomUUID();
    double failures = failures();
    try (var trigger = new BrokenAudit(hub, "insert", "new.path = '/api/v1/events'")) {
      Api.Answer refused = operator.post("/api/v1/events", "{\"type\":\"%s\"}".formatted(type));

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.json().path("cause").asText()).isEqualTo("audit");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(admin.get("/api/v1/events?type=" + type).json().path("events")).isEmpty();
    }
    assertThat(failures()).isEqualTo(failures + 1);
  }

  @Test
  void whoseEndCanNotBeKeptStaysWithoutAStatus() throws Exception {
    double failures = failures();
    try (var trigger = new BrokenAudit(hub, "update", "new.path like '%s%%'".formatted(path))) {
      assertThat(operator.post(path + "/pause", "").status()).isEqualTo(404);
    }
    assertThat(only(path).has("status")).isFalse();
    assertThat(failures()).isEqualTo(failures + 1);
  }

  private double failures() {
    return hub.bean(MeterRegistry.class).get("serai.audit.failures").counter().count();
  }

  private JsonNode only(String below) throws Exception {
    List<JsonNode> calls = calls("?path=" + below);
    assertThat(calls).hasSize(1);
    return calls.getFirst();
  }

  private List<JsonNode> calls(String query) throws Exception {
    Api.Answer answer = admin.get("/api/v1/audit" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<JsonNode> calls = new ArrayList<>();
    answer.json().path("calls").forEach(calls::add);
    return calls;
  }
}
