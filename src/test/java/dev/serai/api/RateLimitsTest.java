package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.limit.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a service told that asks whether its user may ask? */
class RateLimitsTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final String subject = "subject-" + UUID.randomUUID();

  @Test
  void howMuchIsLeftAndWhenThereIsMore() throws Exception {
    JsonNode peeked = ask("peek", 1).json();
    assertThat(peeked.path("remaining").asInt()).isEqualTo(600);

    JsonNode first = ask("check", 590).json();
    assertThat(first.path("allowed").asBoolean()).isTrue();
    assertThat(first.path("limit").asInt()).isEqualTo(600);
    assertThat(first.path("remaining").asInt()).isEqualTo(10);
    assertThat(first.path("reset_at").asText())
        .isEqualTo(Instant.parse(first.path("at").asText()).plus(Duration.ofMinutes(1)).toString());

    assertThat(ask("peek", 11).json().path("allowed").asBoolean()).isFalse();
    Api.Answer refused = ask("check", 11);
    assertThat(refused.status()).isEqualTo(200);
    assertThat(refused.json().path("allowed").asBoolean()).isFalse();
    assertThat(refused.json().path("remaining").asInt()).isEqualTo(10);
    assertThat(refused.json().path("retry_at")).isEqualTo(first.path("reset_at"));
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
    assertThat(ask("check", 10).json().path("remaining").asInt()).isZero();
  }

  private Api.Answer ask(String what, int cost) throws Exception {
    return api.post(
        "/api/v1/rate-limits/" + what,
        "{\"subject\":\"%s\",\"endpoint\":\"chat\",\"cost\":%s}".formatted(subject, cost));
  }

  @Test
  void aRouteAsksByTheBean() throws Exception {
    try (var routes =
        hub.routes(
            """
            - route:
                id: limited-%s
                from:
                  uri: direct:limited
                  steps:
                    - setBody:
                        expression:
                          simple:
                            expression: "${bean:rateLimits?method=isAllowed('%s', 'mail')}"
            """
                .formatted(subject, subject))) {
      hub.bean(RateLimits.class).check(subject, "mail", null, 599);
      var template = hub.camel().createProducerTemplate();
      assertThat(template.requestBody("direct:limited", "", Boolean.class)).isTrue();
      assertThat(template.requestBody("direct:limited", "", Boolean.class)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|'subject' is missing",
        "{\"subject\":\"a\"}|'endpoint' is missing",
        "{\"subject\":\"\",\"endpoint\":\"b\"}|'subject' must be a text of 1 to 200",
        "{\"subject\":\"a\",\"endpoint\":\"b\",\"tier\":\"gold\"}|'tier' is 'gold'; there are"
            + " [default]",
        "{\"subject\":\"a\",\"endpoint\":\"b\",\"cost\":0}|'cost' is 0; it must be 1 to 600",
        "{\"subject\":\"a\",\"endpoint\":\"b\",\"cost\":-1}|'cost' is -1",
        "{\"subject\":\"a\",\"endpoint\":\"b\",\"cost\":601}|'cost' is 601",
        "{\"subject\":\"a\",\"endpoint\":\"b\",\"cost\":\"many\"}|'cost' is 'many'; it must be a"
            + " whole number",
        "{\"subject\":[],\"endpoint\":\"b\"}|'subject' must be a text",
        "{\"subjct\":\"a\"}|There is no member 'subjct'; there are [cost, endpoint, subject, tier]",
      })
  void whatMakesNoSenseIsNamed(String body, String detail) throws Exception {
    for (String what : new String[] {"check", "peek"}) {
      Api.Answer answer = api.post("/api/v1/rate-limits/" + what, body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("detail").asText()).contains(detail);
    }
    String tooLong = "{\"subject\":\"%s\",\"endpoint\":\"b\"}".formatted("s".repeat(201));
    assertThat(api.post("/api/v1/rate-limits/check", tooLong).text()).contains("'subject'");
  }

  @Test
  void checksAreNotActsOfPeople() throws Exception {
    ask("check", 1);
    assertThat(
            api.get("/api/v1/audit?limit=1000&path=/api/v1/rate-limits/check").json().path("calls"))
        .isEmpty();
    Api viewer = new Api(hub.url(), TestHub.VIEWER_KEY);
    String body = "{\"subject\":\"%s\",\"endpoint\":\"b\"}".formatted(subject);
    assertThat(viewer.post("/api/v1/rate-limits/peek", body).status()).isEqualTo(200);
    assertThat(viewer.post("/api/v1/rate-limits/check", body).status()).isEqualTo(403);
  }
}
