package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does the API say of usage? */
class UsageApiTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final String workspace = "w-" + UUID.randomUUID();
  private final String path = "/api/v1/workspaces/" + workspace + "/usage";

  @Test
  void whatWasUsedByAgentAndDayAndHowMuchOfTheLimit() throws Exception {
    Api.Answer one =
        api.post(
            "/api/v1/usage",
            "{\"workspace\":\"%s\",\"tokens\":600,\"cost\":\"0.000000001\",\"agent\":\"writer\",\"key\":\"a\",\"time\":\"2026-03-31T23:59:59Z\"}"
                .formatted(workspace));
    assertThat(one.json().toString()).isEqualTo("{\"counted\":1,\"duplicates\":0}");
    String record =
        "{\"workspace\":\"%s\",\"tokens\":%s,\"cost\":%s,\"agent\":\"%s\",\"key\":\"%s\",\"time\":\"%s\"}";
    Api.Answer batch =
        api.post(
            "/api/v1/usage/batch",
            "{\"records\":[%s,%s,%s,%s]}"
                .formatted(
                    record.formatted(workspace, 1, 1, "writer", "a", "2026-03-01T00:00:00Z"),
                    record.formatted(workspace, 30, 0.1, "writer", "b", "2026-03-01T00:00:00Z"),
                    record.formatted(workspace, 170, 0.2, "reader", "c", "2026-03-31T00:00:00Z"),
                    record.formatted(workspace, 9, 9, "reader", "d", "2026-04-01T00:00:00Z")));
    assertThat(batch.json().toString()).isEqualTo("{\"counted\":3,\"duplicates\":1}");
    api.put(path + "/limits", "{\"tokens\":1000,\"cost\":\"30\"}");

    JsonNode march = api.get(path + "?period=2026-03").json();
    assertThat(march.path("total").toString())
        .isEqualTo("{\"records\":3,\"tokens\":800,\"cost\":\"0.300000001\"}");
    assertThat(march.path("tokens_percentage").decimalValue()).isEqualByComparingTo("80");
    assertThat(march.path("cost_percentage").decimalValue()).isEqualByComparingTo("1");
    assertThat(march.path("agents").findValuesAsText("agent")).containsExactly("writer", "reader");
    assertThat(march.path("agents").findValuesAsText("tokens")).containsExactly("630", "170");
    assertThat(march.path("limits").toString())
        .isEqualTo("{\"tokens\":1000,\"cost\":\"30\",\"thresholds\":[80,100]}");
    JsonNode days = api.get(path + "/daily?period=2026-03").json().path("days");
    assertThat(days).isEqualTo(march.path("days"));
    assertThat(days.findValuesAsText("day")).containsExactly("2026-03-01", "2026-03-31");
    assertThat(days.findValuesAsText("tokens")).containsExactly("30", "770");
    assertThat(api.get(path + "?period=2026-04").json().at("/total/tokens").asInt()).isEqualTo(9);
    assertThat(api.get(path + "?period=2025-01").json().at("/total/cost").asText()).isEqualTo("0");
  }

  @Test
  void whetherThereIsRoom() throws Exception {
    assertThat(api.get(path + "/check?tokens=1000000000").json().path("allowed").asBoolean())
        .isTrue();
    Api.Answer set = api.put(path + "/limits", "{\"tokens\":100,\"thresholds\":[50]}");
    assertThat(set.json().toString()).isEqualTo("{\"tokens\":100,\"thresholds\":[50]}");
    assertThat(api.get(path + "/limits").json()).isEqualTo(set.json());
    api.post("/api/v1/usage", "{\"workspace\":\"%s\",\"tokens\":60}".formatted(workspace));

    JsonNode room = api.get(path + "/check?tokens=40").json();
    assertThat(room.path("allowed").asBoolean()).isTrue();
    assertThat(room.path("tokens").toString())
        .isEqualTo("{\"used\":\"60\",\"limit\":\"100\",\"remaining\":\"40\",\"percentage\":60.0}");
    assertThat(room.path("cost").toString()).isEqualTo("{\"used\":\"0\"}");
    assertThat(api.get(path + "/check?tokens=41").json().path("allowed").asBoolean()).isFalse();
    api.put(path + "/limits", "{}");
    assertThat(api.get(path + "/check?tokens=41").json().path("allowed").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|'workspace' is missing",
        "{\"workspace\":\"\"}|'workspace' must be a text of 1 to 200 bytes",
        "{\"workspace\":\"a\\u0000\"}|'workspace' must be",
        "{\"workspace\":\"\\ud800\"}|'workspace' must be",
        "{\"workspace\":\"w\",\"tokens\":-1}|'tokens' is -1; it must be 0 to 1000000000000",
        "{\"workspace\":\"w\",\"tokens\":1000000000001}|'tokens' is 1000000000001",
        "{\"workspace\":\"w\",\"tokens\":\"many\"}|'tokens' is 'many'; it must be a whole number",
        "{\"workspace\":\"w\",\"tokens\":99999999999999999999}|'tokens'",
        "{\"workspace\":\"w\",\"cost\":-0.1}|'cost' is -0.1",
        "{\"workspace\":\"w\",\"cost\":\"cheap\"}|'cost' is 'cheap'; it must be a number",
        "{\"workspace\":\"w\",\"cost\":0.0000000001}|'cost' is 1E-10; it must be",
        "{\"workspace\":\"w\",\"cost\":1e13}|'cost' is 1E+13",
        "{\"workspace\":\"w\",\"key\":\"\"}|'key' must be",
        "{\"workspace\":\"w\",\"time\":\"1999-12-31T23:59:59Z\"}|'time' is 1999",
        "{\"workspace\":\"w\",\"time\":\"+999999999-01-01T00:00:00Z\"}|'time' is",
        "{\"workspace\":\"w\",\"time\":\"yesterday\"}|'time' is 'yesterday'; it must be a time",
        "{\"workspac\":\"w\"}|There is no member 'workspac'",
      })
  void aRecordThatMakesNoSenseIsNamed(String record, String detail) throws Exception {
    Api.Answer answer = api.post("/api/v1/usage", record);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains(detail);
    Api.Answer batch =
        api.post(
            "/api/v1/usage/batch", "{\"records\":[{\"workspace\":\"w\"},%s]}".formatted(record));
    assertThat(batch.status()).as(batch.text()).isEqualTo(400);
    assertThat(batch.json().path("detail").asText()).contains("records[1]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|?period=2026|'period' is '2026'; it must be a month",
        "GET|?period=2026-13|'period'",
        "GET|/daily?period=x|'period'",
        "GET|/check?tokens=-1|'tokens' is -1",
        "GET|/check?tokens=many|'tokens' is 'many'; it must be a number",
        "GET|/check?cost=-1|'cost' is -1",
        "GET|/check?cost=cheap|'cost' is 'cheap'; it must be a number",
        "{\"tokens\":0}|/limits|'tokens' is 0; it must be 1 or more",
        "{\"tokens\":-5}|/limits|'tokens' is -5",
        "{\"cost\":\"0\"}|/limits|'cost' is 0; it must be more",
        "{\"cost\":\"x\"}|/limits|'cost' is 'x'; it must be a number",
        "{\"thresholds\":[0]}|/limits|'thresholds' is [0]",
        "{\"thresholds\":[null]}|/limits|'thresholds'",
        "{\"thresholds\":[\"x\"]}|/limits|'thresholds[0]' is 'x'; it must be a whole number",
      })
  void whatElseMakesNoSenseIsNamed(String what, String more, String detail) throws Exception {
    Api.Answer answer = what.equals("GET") ? api.get(path + more) : api.put(path + more, what);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains(detail);
    assertThat(api.get(path.replace(workspace, "w".repeat(201))).text()).contains("'workspace'");
    assertThat(api.post("/api/v1/usage/batch", "{\"records\":[]}").text()).contains("'records'");
    assertThat(api.post("/api/v1/usage/batch", "{\"records\":[null]}").text())
        .contains("records[0]");
  }
}
