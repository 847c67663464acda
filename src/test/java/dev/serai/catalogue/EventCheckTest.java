package dev.serai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.event.SchemaViolationException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What happens to an event whose data is not what its type promises? */
class EventCheckTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final String mark = UUID.randomUUID().toString();

  @Test
  void ofOurOwnItIsRefusedWithPlaceKindAndRuleAndWithoutItsValues() throws Exception {
    Api.Answer answer =
        append("serai", "{\"agent\":\"hunter2\",\"id\":\"r\",\"status\":7}", "agent.executed");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.json().path("cause").asText()).isEqualTo("schema");
    assertThat(answer.json().path("detail").asText())
        .isEqualTo(
            "The data is no agent.executed, version 1: '/status' is an integer; the rule is enum:"
                + " [\"succeeded\",\"failed\",\"cancelled\"]");
    assertThat(answer.text()).doesNotContain("hunter2");
    assertThat(found()).isZero();
  }

  @Test
  void ofOthersItIsTakenAndCounted() throws Exception {
    double before = count("move.started", "warned");

    assertThat(append("api", "{\"id\":7}", "move.started").status()).isEqualTo(200);

    assertThat(found()).isEqualTo(1);
    assertThat(count("move.started", "warned")).isEqualTo(before + 1);
  }

  @Test
  void aVersionThatIsNotThereIsTold() throws Exception {
    Api.Answer answer = append("serai", "{\"id\":\"m\",\"schema_version\":2}", "move.started");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText())
        .contains("'/schema_version' is an integer; the rule is one of the versions [1]");
  }

  @Test
  void dataThatIsNoJsonIsTold() {
    assertThatThrownBy(
            () ->
                TestLog.of(hub)
                    .append(TestLog.event("serai", "move.started", mark, null, "{\"id\":", null)))
        .isInstanceOf(SchemaViolationException.class)
        .hasMessageContaining("the data is no JSON");
  }

  @Test
  void ofASensitiveEventNotEvenNamesOfMembersAreTold() {
    String json = "{\"id\":\"r\",\"agent\":\"a\",\"status\":\"hunter2\"}";
    var event = TestLog.event("serai", "agent.executed", mark, null, json, null).asSensitive();

    assertThatThrownBy(() -> TestLog.of(hub).append(event))
        .isInstanceOf(SchemaViolationException.class)
        .hasMessageEndingWith("it breaks the rule /properties/status/enum of the schema");
  }

  @Test
  void aRouteThatEmitsItEndsAsADeadLetterAtOnce() throws Exception {
    try (TestHandler handler =
        TestHandler.of(hub)
            .with("retries", 5)
            .emit("type: move.started, data: '{\"workspace\":7}'")
            .handle(exchange -> {})) {
      UUID event = handler.send();

      TestLog.Delivery dead = handler.awaitState(event, "dead");

      assertThat(dead.attempts()).isEqualTo(1);
      assertThat(dead.cause()).isEqualTo("schema");
      assertThat(handler.attempts(event))
          .singleElement()
          .satisfies(attempt -> assertThat(attempt.detail()).contains("the rule is"));
    }
  }

  @Test
  void aTypeWithoutASchemaIsLetThroughAndListed() throws Exception {
    String type = "test." + mark;

    assertThat(append("serai", "7", type).status()).isEqualTo(200);

    JsonNode listed = listed(type);
    assertThat(listed.path("versions")).isEmpty();
    assertThat(listed.has("mode")).isFalse();
    assertThat(listed.path("last_seen_at").asText()).isNotEmpty();
  }

  @Test
  void typesAreListedWithWhoWantsThemAndShownWithSchemaAndExamples() throws Exception {
    JsonNode listed = listed("payment.initiated");
    assertThat(listed.path("title").asText()).isEqualTo("Payment announced");
    assertThat(listed.path("mode").asText()).isEqualTo("refuse");
    assertThat(listed.path("outside_mode").asText()).isEqualTo("warn");
    assertThat(listed.findValuesAsText("subscriptions")).isNotNull();
    assertThat(listed.path("subscriptions").toString()).contains("handler-payment-announced");

    JsonNode shown = api.get("/api/v1/event-types/payment.initiated").json();
    assertThat(shown.at("/schemas/0/schema/required").toString()).contains("amount");
    assertThat(shown.at("/schemas/0/examples/0/id").asText()).isEqualTo("HUB-1001");
    assertThat(api.get("/api/v1/event-types/no.such").status()).isEqualTo(404);
  }

  @Test
  void dataIsCheckedWithoutAppendingIt() throws Exception {
    String path = "/api/v1/event-types/agent.executed/check";

    JsonNode wrong = api.post(path, "{\"id\":\"\",\"agent\":7,\"status\":\"failed\"}").json();
    assertThat(wrong.path("valid").asBoolean()).isFalse();
    assertThat(wrong.path("violations").findValuesAsText("pointer"))
        .containsExactlyInAnyOrder("/id", "/agent");

    String right = "{\"id\":\"r\",\"agent\":\"a\",\"status\":\"failed\"}";
    assertThat(api.post(path, right).json().path("valid").asBoolean()).isTrue();
    assertThat(api.post("/api/v1/event-types/no.such/check", "{}").status()).isEqualTo(404);
    assertThat(api.post(path, "{").status()).isEqualTo(400);
  }

  private JsonNode listed(String type) throws Exception {
    for (JsonNode listed : api.get("/api/v1/event-types").json().path("types")) {
      if (listed.path("type").asText().equals(type)) {
        return listed;
      }
    }
    throw new AssertionError("not listed: " + type);
  }

  private Api.Answer append(String source, String data, String type) throws Exception {
    return api.post(
        "/api/v1/events",
        "{\"source\":\"%s\",\"type\":\"%s\",\"key\":\"%s\",\"data\":%s}"
            .formatted(source, type, mark, data));
  }

  private int found() {
    return hub.database()
        .sql("select count(*) from serai.event_key where key = :key")
        .param("key", mark)
        .query(Integer.class)
        .single();
  }

  private double count(String type, String verdict) {
    return hub
        .bean(io.micrometer.core.instrument.MeterRegistry.class)
        .find("serai.events.checked")
        .tag("type", type)
        .tag("verdict", verdict)
        .counters()
        .stream()
        .mapToDouble(io.micrometer.core.instrument.Counter::count)
        .sum();
  }
}
