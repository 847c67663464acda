package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.flag.Flags;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be done with flags, and who sees it? */
class FlagsTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final String name = "flag-" + UUID.randomUUID();
  private final String path = "/api/v1/flags/" + name;

  @AfterEach
  void deleteFlag() throws Exception {
    api.send("DELETE", path);
  }

  @Test
  void aFlagIsMadeReplacedEvaluatedAndTakenAway() throws Exception {
    assertThat(api.get(path).status()).isEqualTo(404);
    assertThat(evaluate("{}").toString()).contains("\"on\":false", "unknown");

    Api.Answer made =
        api.put(path, "{\"description\":\"A test\",\"percentage\":0,\"users\":{\"ann\":true}}");
    assertThat(made.status()).as(made.text()).isEqualTo(200);
    assertThat(api.get(path).json()).isEqualTo(made.json());
    assertThat(made.json().path("enabled").asBoolean()).isTrue();
    assertThat(made.json().path("changed_by").asText()).isEqualTo("key-1");
    assertThat(evaluate("{\"user\":\"ann\"}").toString()).contains("\"on\":true", "user");
    assertThat(evaluate("{\"user\":\"bob\"}").toString()).contains("\"on\":false", "percentage");

    api.put(path, "{\"percentage\":100,\"workspaces\":{\"acme\":false}}");
    assertThat(evaluate("{\"user\":\"ann\",\"workspace\":\"acme\"}").toString())
        .contains("\"on\":false", "workspace");
    assertThat(evaluate("{\"user\":\"bob\"}").path("on").asBoolean()).isTrue();
    assertThat(api.get("/api/v1/flags").text()).contains(name);

    assertThat(api.send("DELETE", path).json().path("name").asText()).isEqualTo(name);
    assertThat(api.send("DELETE", path).status()).isEqualTo(404);
    assertThat(evaluate("{}").path("reason").asText()).isEqualTo("unknown");
  }

  private JsonNode evaluate(String body) throws Exception {
    return api.post(path + "/evaluate", body).json();
  }

  @Test
  void everyHubSeesAChange() throws Exception {
    Flags other = GuardedHub.shared().bean(Flags.class);
    api.put(path, "{\"percentage\":100}");
    await().until(() -> other.isOn(name, "ann"));
    api.put(path, "{\"enabled\":false,\"percentage\":100}");
    await().until(() -> !other.isOn(name, "ann"));
    api.send("DELETE", path);
    await().until(() -> other.find(name).isEmpty());
  }

  /** As if the message had been lost. */
  @Test
  void aChangeThatNobodyTellsOfIsSeen() throws Exception {
    api.put(path, "{}");
    hub.database()
        .sql(
            """
            with c as (update serai.flag_version set version = version + 1)
            update serai.flag set percentage = 100 where name = ?
            """)
        .param(name)
        .update();
    await().until(() -> hub.bean(Flags.class).isOn(name, "ann"));
  }

  @Test
  void aRouteAsksByTheBean() throws Exception {
    try (var routes =
        hub.routes(
            """
            - route:
                id: %s
                from:
                  uri: direct:flagged
                  steps:
                    - setBody:
                        expression:
                          simple:
                            expression: "${bean:flags?method=isOn('%s', ${body})}"
            """
                .formatted(name, name))) {
      api.put(path, "{\"users\":{\"ann\":true}}");
      var template = hub.camel().createProducerTemplate();
      assertThat(template.requestBody("direct:flagged", "ann", Boolean.class)).isTrue();
      assertThat(template.requestBody("direct:flagged", "bob", Boolean.class)).isFalse();
    }
  }

  @Test
  void changesAreAuditedAndQuestionsAreNot() throws Exception {
    api.put(path, "{\"percentage\":5,\"users\":{\"ann@example.com\":true}}");
    evaluate("{\"user\":\"ann@example.com\"}");
    JsonNode calls = api.get("/api/v1/audit?limit=1000").json().path("calls");
    assertThat(calls.toString())
        .contains("\"path\":\"%s\"".formatted(path), "\"percentage\":\"5\"", "\"users\":\"1\"")
        .doesNotContain(path + "/evaluate", "ann@example.com");
    Api viewer = new Api(hub.url(), TestHub.VIEWER_KEY);
    assertThat(viewer.post(path + "/evaluate", "{}").status()).isEqualTo(200);
    assertThat(viewer.put(path, "{}").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"percentage\":101}|'percentage' is 101; it must be 0 to 100",
        "{\"percentage\":-1}|'percentage' is -1",
        "{\"percentage\":0.001}|'percentage' is 0.001",
        "{\"percentage\":\"half\"}|'percentage' is 'half'; it must be a number",
        "{\"enabled\":\"perhaps\"}|'enabled' is 'perhaps'; it must be true or false",
        "{\"users\":{\"\":true}}|'users' has an id",
        "{\"users\":{\"ann\":null}}|'users' says neither true nor false of 'ann'",
        "{\"users\":[]}|'users' must be",
        "{\"percent\":1}|There is no member 'percent'; there are [description, enabled",
      })
  void whatMakesNoSenseIsNamed(String body, String detail) throws Exception {
    Api.Answer answer = api.put(path, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains(detail);
    assertThat(api.put("/api/v1/flags/NO", "{}").text()).contains("'name' is 'NO'");
    assertThat(api.post("/api/v1/flags/NO/evaluate", "{}").text()).contains("'name' is 'NO'");
  }
}
