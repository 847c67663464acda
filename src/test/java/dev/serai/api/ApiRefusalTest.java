package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.RawHttp;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import dev.serai.webhook.ProdHub;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does the API say to those without a key, and to requests that make no sense? */
class ApiRefusalTest {

  private static final String NOWHERE = "/api/v1/events/01900000-0000-7000-8000-000000000000";

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/events",
        "/api/v1/refusals",
        "/api/v1/subscriptions",
        "/api/v1/nothing",
        "/health/detailed",
        "/metrics",
      })
  void withoutTheRightKeyNothingIsShown(String path) throws Exception {
    Api.Answer missing = api.open("GET", path);
    Api.Answer wrong = new Api(hub.url(), TestHub.API_KEY + "x").get(path);

    for (Api.Answer answer : new Api.Answer[] {missing, wrong}) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().path("cause").asText()).isEqualTo("unauthorized");
    }
    assertThat(RawHttp.exchange(hub, "GET " + path + " HTTP/1.0\r\n\r\n").head())
        .contains("WWW-Authenticate: Bearer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void howTheHubIsNeedsNoKeyAndShowsNoMore(String path) throws Exception {
    Api.Answer answer = api.open("GET", path);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("status").asText()).isIn("UP", "DEGRADED");
    assertThat(answer.json().has("components")).isFalse();
  }

  @Test
  void withTheKeyHealthNamesItsParts() throws Exception {
    assertThat(api.get("/health/detailed").json().path("components").properties())
        .extracting(Map.Entry::getKey)
        .contains("database", "redis", "routes", "sources", "clock", "diskSpace");
  }

  @Test
  void metricsCountWhatTheDoorDid() throws Exception {
    StripeSender.to(hub).post(StripeSender.event("evt_" + UUID.randomUUID(), "of.a.test", "{}"));

    assertThat(api.get("/metrics").text())
        .contains("serai_webhooks_accepted_total{source=\"stripe\",status=\"accepted\"}")
        .contains("serai_webhooks_bodies_bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/events?sort=up, sort",
    "/api/v1/events?limit=0, limit",
    "/api/v1/events?limit=1001, limit",
    "/api/v1/events?limit=%D9%A1, limit",
    "/api/v1/events?state=lost, state",
    "/api/v1/events?from=yesterday, from",
    "/api/v1/events?to=%2B999999999-01-01T00:00:00Z, to",
    "/api/v1/events?from=-999999999-01-01T00:00:00Z, from",
    "/api/v1/events?cursor=7, cursor",
    "/api/v1/events?key=a%00b, ''",
    "/api/v1/events?type=%00, ''",
    "/api/v1/events/7, id",
    "/api/v1/events/x/body, id",
    "/api/v1/dead-letters?limit=many, 'limit' is 'many'; it must be 1 to 1000",
    "/api/v1/dead-letters?causes=loop, 'causes'; there are [cause",
    "/api/v1/refusals?sourc=stripe, 'sourc'; there are [cause",
    "/api/v1/subscriptions?state=paused, 'state'; there are none",
    "/api/v1/sources?name=stripe, 'name'; there are none",
    "/api/v1/refusals?source=a&source=b, 'source' is given 2 times",
    "/api/v1/audit?limit=0, limit",
    "/api/v1/audit?from=yesterday, from",
    "/api/v1/audit?cursor=x, cursor",
    "/api/v1/audit?path=%00, ''",
    "/api/v1/dead-letters?limit=-1, limit",
    "/api/v1/dead-letters?subscription=%00, ''",
    "/api/v1/refusals?limit=9999, limit",
    "/api/v1/refusals?cause=%00, ''",
  })
  void aParameterThatMakesNoSenseIsNamed(String path, String name) throws Exception {
    Api.Answer answer = api.get(path);

    assertProblem(answer, 400, "bad_request");
    assertThat(answer.json().path("detail").asText()).contains(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "7",
        "{\"data\":1}",
        "{\"type\":\"a\",\"tpye\":\"b\"}",
        "{\"type\":{}}",
        "{\"type\":\"a\\u0000\"}",
        "{\"type\":\"a\",\"key\":\"\\ud800\"}",
        "{\"type\":\"a\",\"subject\":\"\\u0000\"}",
        "{\"type\":\"\"}",
        "{\"type\":\"a\",\"time\":\"yesterday\"}",
        "{\"type\":\"a\",\"time\":\"+999999999-01-01T00:00:00Z\"}",
        "{\"type\":\"a\",\"at\":\"-999999999-01-01T00:00:00Z\"}",
      })
  void anEventThatIsNoneIsRefused(String body) throws Exception {
    assertProblem(api.post("/api/v1/events", body), 400, "bad_request");
    assertThat(api.post("/api/v1/events", "{\"type\":\"%s\"}".formatted("t".repeat(600))).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "{\"scheme\":\"nonsense\"}",
        "{\"source\":\"nobody\"}",
        "{\"scheme\":\"stripe-v1\",\"secrets\":\"x\"}",
        "{\"scheme\":\"stripe-v1\",\"secrets\":[{}]}",
        "{\"scheme\":\"stripe-v1\",\"secrets\":[\"x\"],\"body_b64\":\"?\"}",
        "{\"scheme\":\"stripe-v1\",\"secrets\":[\"x\"],\"now\":\"soon\"}",
        "{\"scheme\":\"stripe-v1\",\"secrets\":[\"x\"],\"now\":9223372036854775807}",
        "{\"scheme\":\"stripe-v1\",\"secrets\":[\"x\"],\"headers\":[]}",
      })
  void aRequestThatCanNotBeVerifiedIsRefused(String body) throws Exception {
    assertProblem(api.post("/api/v1/verify", body), 400, "bad_request");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 404",
    "GET/body, 404",
    "POST/replay, 404",
    "DELETE, 405",
    "PUT, 405",
    "GET/replay, 405",
  })
  void whatIsNotThereOrCanNotBeDoneIsSaid(String request, int status) throws Exception {
    String[] parts = request.split("/");
    Api.Answer answer = api.send(parts[0], NOWHERE + (parts.length > 1 ? "/" + parts[1] : ""));

    assertProblem(answer, status, status == 404 ? "not_found" : "method_not_allowed");
  }

  @Test
  void eventsAreTriggeredInDevelopmentOnly() throws Exception {
    Api.Answer taken = api.post("/api/v1/trigger/stripe/invoice.paid", "");
    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.json().path("status").asText()).isEqualTo("accepted");

    assertProblem(api.post("/api/v1/trigger/stripe/nonsense", ""), 400, "bad_request");
    assertProblem(api.post("/api/v1/trigger/nobody/invoice.paid", ""), 404, "not_found");
    assertProblem(
        api.post("/api/v1/trigger/stripe/invoice.paid?object=a%00", ""), 400, "bad_request");
    assertProblem(
        Api.of(ProdHub.shared()).post("/api/v1/trigger/stripe/invoice.paid", ""), 403, "forbidden");
  }

  private static void assertProblem(Api.Answer answer, int status, String cause) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("cause").asText()).isEqualTo(cause);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.json().path("title").asText()).isNotEmpty();
    assertThat(answer.json().path("type").asText()).isEqualTo("about:blank");
  }
}
