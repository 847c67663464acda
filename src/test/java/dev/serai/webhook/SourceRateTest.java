package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.RawHttp;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What happens to a source that sends too much? */
class SourceRateTest {

  private static final int BURST = 5;
  private static final ClusterRate NOBODY = (source, rate, burst) -> Optional.empty();

  private final TestHub hub = TestHub.shared();
  private final String source = "rate-" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void itIsToldToComeAgainAndIsTakenThenAndNoOtherSourceNoticesIt() throws Exception {
    try (var route = hub.routes(DoorHub.route(source, "rate: 1\nburst: " + BURST))) {
      int taken = 0;
      HttpResponse<String> answer = post();
      while (answer.statusCode() == 200) {
        taken++;
        answer = post();
      }

      assertThat(taken).isGreaterThanOrEqualTo(BURST);
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(answer.body())
          .contains("\"cause\":\"rate\"", "\"title\":\"Too Many Requests\"", source, "1 requests");
      assertThat(StripeSender.to(hub).post(event()).statusCode()).isEqualTo(200);
      await().until(() -> post().statusCode() == 200);

      await().untilAsserted(() -> assertThat(refusals()).isNotEmpty());
      assertThat(refusals().get(0).path("detail").asText()).contains("1 requests a second");
      assertThat(Api.of(hub).get("/metrics").text())
          .contains("serai_webhooks_refused_total{cause=\"rate\",source=\"%s\"}".formatted(source));
    }
  }

  @Test
  void itIsRefusedBeforeItsBodyComes() throws Exception {
    try (var route = hub.routes(DoorHub.route(source, "rate: 1\nburst: 1"));
        RawHttp first = new RawHttp(hub);
        RawHttp second = new RawHttp(hub)) {
      String head =
          "POST /webhooks/%s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                  .formatted(source)
              + "Content-Length: 1000\r\n\r\n";
      first.send(head).send("{");
      await().until(() -> second.send(head).answer().status() == 429);
    }
  }

  @Test
  void whatIsRefusedForItsHeadTakesNothingOfTheRate() throws Exception {
    try (var route = hub.routes(DoorHub.route(source, "rate: 1\nburst: 1"))) {
      for (int i = 0; i < 3 * BURST; i++) {
        assertThat(Api.of(hub).open("PUT", "/webhooks/" + source).status()).isEqualTo(405);
      }
      assertThat(post().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withoutARateOfItsOwnItHasThatOfTheHub() throws Exception {
    StripeSender stripe = StripeSender.to(SecretsHub.shared());
    int taken = 0;
    while (stripe.post(event()).statusCode() == 200) {
      taken++;
    }
    assertThat(taken).isGreaterThanOrEqualTo(2 * SecretsHub.RATE);
  }

  @Test
  void aRateOfTheClusterIsThatOfAllHubsTogether() throws Exception {
    String route = DoorHub.route(source, "rate: 1\nburst: 30\nrateScope: cluster");
    TestHub other = SecretsHub.shared();
    try (var first = hub.routes(route);
        var second = other.routes(route)) {
      int taken = 0;
      HttpResponse<String> answer = post(hub);
      while (answer.statusCode() == 200) {
        taken++;
        answer = post(taken % 2 == 0 ? hub : other);
      }
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.body()).contains("1 requests a second on all hubs together");
      // Each hub alone would have taken thirty.
      assertThat(taken).isBetween(30, 50);
    }
  }

  @Test
  void aHubThatCantCountWithTheOthersCountsAlone() throws Exception {
    SourceOptions options = new SourceOptions();
    options.setRate(1);
    options.setRateScope(RateScope.CLUSTER);
    SourceRate alone = options.rate(0, RateScope.HUB, NOBODY);
    alone.admit(source);
    alone.admit(source);
    assertThatThrownBy(() -> alone.admit(source)).isInstanceOf(RefusedException.class);
  }

  /** Else who hammers at a common limit would empty the hub's own bucket. */
  @Test
  void whatTheOthersRefuseTakesNothingOfTheHubsOwnRate() throws Exception {
    AtomicBoolean room = new AtomicBoolean();
    SourceRate rate = new SourceRate(1, 2, (source, perSecond, burst) -> Optional.of(room.get()));
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> rate.admit(source)).isInstanceOf(RefusedException.class);
    }
    room.set(true);
    rate.admit(source);
  }

  @Test
  void aRateOfNothingIsNone() throws Exception {
    SourceOptions options = new SourceOptions();
    options.setRate(0);
    SourceRate rate = options.rate(1, RateScope.HUB, NOBODY);
    for (int i = 0; i < 1_000; i++) {
      rate.admit(source);
    }
    options.setRate(1);
    SourceRate limited = options.rate(0, RateScope.HUB, NOBODY);
    limited.admit(source);
    limited.admit(source);
    assertThatThrownBy(() -> limited.admit(source)).isInstanceOf(RefusedException.class);
  }

  @Test
  void aRateThatIsTooGreatToBeSharedIsNamed() {
    assertThatThrownBy(() -> hub.routes(DoorHub.route(source, "rate: 60000\nrateScope: cluster")))
        .rootCause()
        .hasMessageContaining("'rate' is '60000'")
        .hasMessageContaining("at most 100000 at once");
  }

  @ParameterizedTest
  @CsvSource({"rate: -1", "rate: 1000001", "burst: -1", "burst: 1000001"})
  void aRateThatCantBeIsNamed(String option) {
    assertThatThrownBy(() -> hub.routes(DoorHub.route(source, option)))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageContaining("'%s'".formatted(option.split(":", 2)[0]))
        .hasMessageContaining("between 0 and 1000000");
  }

  private HttpResponse<String> post() throws Exception {
    return post(hub);
  }

  private HttpResponse<String> post(TestHub hub) throws Exception {
    String secret = Files.readString(hub.data().resolve("secrets").resolve(source)).strip();
    return new StripeSender(hub.url(), source, secret).post(event());
  }

  private static String event() {
    return StripeSender.event("evt_" + UUID.randomUUID(), "of.a.test", "{}");
  }

  private JsonNode refusals() throws Exception {
    return Api.of(hub).get("/api/v1/refusals?cause=rate&source=" + source).json().path("refusals");
  }
}
