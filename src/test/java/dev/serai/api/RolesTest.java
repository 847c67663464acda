package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.TestHub;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may the holder of a key do? */
class RolesTest {

  private static final String NOWHERE = "01900000-0000-7000-8000-000000000000";

  private final TestHub hub = TestHub.shared();
  private final Map<String, Api> keys =
      Map.of(
          "viewer", new Api(hub.url(), TestHub.VIEWER_KEY),
          "operator", new Api(hub.url(), TestHub.OPERATOR_KEY),
          "admin", Api.of(hub));

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v1/events,                       200, 200, 200",
    "HEAD,   /api/v1/events,                       200, 200, 200",
    "GET,    /api/v1/sources,                      200, 200, 200",
    "GET,    /api/v1/openapi.json,                 200, 200, 200",
    "GET,    /metrics,                             200, 200, 200",
    "GET,    /health/detailed,                     200, 200, 200",
    "GET,    /api/v1/nothing,                      404, 404, 404",
    "POST,   /api/v1/nothing,                      403, 404, 404",
    "POST,   /api/v1/events/{nowhere}/replay,      403, 404, 404",
    "POST,   /api/v1/subscriptions/nobody/pause,   403, 404, 404",
    "POST,   /api/v1/dead-letters/{nowhere}/a/retry, 403, 404, 404",
    "POST,   /api/v1/verify,                       403, 400, 400",
    "PUT,    /api/v1/events,                       403, 405, 405",
    "DELETE, /api/v1/events/{nowhere},             403, 405, 405",
    "DELETE, /api/v1/sessions/current,             400, 400, 400",
    "DELETE, /api/v1/sessions/{nowhere},           403, 404, 404",
    "DELETE, /api/v1/sessions/%63urrent,           403, 400, 400",
    "GET,    /api/v1/audit,                        403, 403, 200",
    "GET,    /api/v1/%61udit,                      403, 403, 200",
    "GET,    /api/v1/audit/,                       403, 403, 404",
    "DELETE, /api/v1/audit,                        403, 403, 405",
  })
  void aRoleReachesSoFar(String method, String path, int viewer, int operator, int admin)
      throws Exception {
    Map<String, Integer> expected = Map.of("viewer", viewer, "operator", operator, "admin", admin);
    for (Map.Entry<String, Api> key : keys.entrySet()) {
      Api.Answer answer = key.getValue().send(method, path.replace("{nowhere}", NOWHERE));

      assertThat(answer.status())
          .as("%s %s as %s: %s", method, path, key.getKey(), answer.text())
          .isEqualTo(expected.get(key.getKey()));
    }
  }

  @Test
  void whoMayNotIsToldWhichRoleItTakes() throws Exception {
    Api.Answer change = as("viewer").post("/api/v1/events", "{\"type\":\"a\"}");
    Api.Answer audit = as("operator").get("/api/v1/audit");

    assertThat(change.header("Content-Type")).startsWith("application/problem+json");
    assertThat(change.json().path("cause").asText()).isEqualTo("forbidden");
    assertThat(change.json().path("detail").asText())
        .isEqualTo("This needs a key with the role operator; 'board' has the role viewer");
    assertThat(audit.json().path("detail").asText())
        .isEqualTo("This needs a key with the role admin; 'ci' has the role operator");
  }

  @Test
  void bodiesOfSensitiveSourcesAreNotForViewers() throws Exception {
    String event = "{\"type\":\"a.test\",\"source\":\"%s\",\"data\":{\"code\":1234}}";
    String secret = id(event.formatted(TestHub.SENSITIVE_SOURCE));
    String plain = id(event.formatted("s" + UUID.randomUUID()));

    Api.Answer refused = as("viewer").get("/api/v1/events/" + secret + "/body");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("operator").doesNotContain("1234");
    assertThat(as("operator").get("/api/v1/events/" + secret + "/body").text()).contains("1234");
    assertThat(as("viewer").get("/api/v1/events/" + plain + "/body").text()).contains("1234");
    assertThat(as("viewer").get("/api/v1/events/" + secret).text())
        .contains(TestHub.SENSITIVE_SOURCE)
        .doesNotContain("1234");
  }

  private String id(String event) throws Exception {
    return as("operator").post("/api/v1/events", event).json().path("id").asText();
  }

  private Api as(String role) {
    return keys.getOrDefault(role, Api.of(hub));
  }
}
