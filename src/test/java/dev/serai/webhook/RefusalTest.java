package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom does the door refuse, and what is kept of it? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(DoorHub.TURN)
class RefusalTest {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String mark = UUID.randomUUID().toString();
  private final String body = StripeSender.event("evt_" + mark, "of.a.test", "{\"id\":\"x\"}");

  @ParameterizedTest
  @CsvSource({
    "signature_missing, 401",
    "signature_repeated, 401",
    "signature_malformed, 401",
    "signature_mismatch, 401",
    "too_old, 401",
    "too_new, 401",
    "envelope, 400",
    "content_type, 415",
    "content_encoding, 415",
    "method, 405",
  })
  void aRefusalIsKeptWithItsCauseAndWithoutSecrets(String cause, int status) throws Exception {
    TestHub hub = TestHub.shared();
    HttpResponse<String> response = send(request(hub, cause));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(response.body()).contains("\"cause\":\"%s\"".formatted(cause));
    JsonNode kept = kept(hub, "stripe", cause);
    assertThat(kept.path("detail").asText()).isNotEmpty();
    assertThat(kept.path("method").asText()).isEqualTo(cause.equals("method") ? "PUT" : "POST");
    assertThat(kept.path("remote").asText()).isEqualTo("127.0.0.1");
    assertThat(kept.toString())
        .doesNotContain("v1=")
        .doesNotContain("a-bearer-token")
        .doesNotContain(TestHub.STRIPE_SECRET);
  }

  private HttpRequest request(TestHub hub, String cause) {
    StripeSender stripe = StripeSender.to(hub);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/stripe"))
            .header("User-Agent", mark)
            .header("Authorization", "Bearer a-bearer-token")
            .header(
                "Content-Type", cause.equals("content_type") ? "text/plain" : "application/json");
    String sent = cause.equals("envelope") ? "{\"id\":\"%s\"}".formatted(mark) : body;
    Instant at =
        switch (cause) {
          case "too_old" -> Instant.now().minusSeconds(400);
          case "too_new" -> Instant.now().plusSeconds(400);
          default -> Instant.now();
        };
    String signature = stripe.sign(sent, at);
    switch (cause) {
      case "signature_missing" -> {}
      case "signature_repeated" ->
          request.header("Stripe-Signature", signature).header("Stripe-Signature", signature);
      case "signature_malformed" -> request.header("Stripe-Signature", "v1=nonsense");
      case "signature_mismatch" -> request.header("Stripe-Signature", stripe.sign(sent + " ", at));
      default -> request.header("Stripe-Signature", signature);
    }
    if (cause.equals("content_encoding")) {
      request.header("Content-Encoding", "gzip");
    }
    return request
        .method(cause.equals("method") ? "PUT" : "POST", HttpRequest.BodyPublishers.ofString(sent))
        .build();
  }

  @Test
  void aTestEventIsRefusedWhereLiveOnesAreTaken() throws Exception {
    TestHub hub = ProdHub.shared();
    HttpResponse<String> refused = send(posted(hub, "stripe", TestHub.STRIPE_SECRET, body));
    String live = body.replace("\"livemode\":false", "\"livemode\":true");
    HttpResponse<String> taken = send(posted(hub, "stripe", TestHub.STRIPE_SECRET, live));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("\"cause\":\"wrong_mode\"");
    assertThat(kept(hub, "stripe", "wrong_mode").path("body_bytes").asInt())
        .isEqualTo(body.length());
    assertThat(taken.statusCode()).isEqualTo(200);
  }

  @Test
  void aSourceWithoutASecretRefusesEverythingOutsideDevelopmentAndHealthSaysSo() throws Exception {
    TestHub hub = ProdHub.shared();
    for (String secret : new String[] {"whsec_any", TestHub.STRIPE_SECRET}) {
      HttpResponse<String> response = send(posted(hub, ProdHub.WITHOUT_SECRET, secret, body));
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.body())
          .contains("\"cause\":\"no_secret\"")
          .contains("SERAI_UNCONFIGURED_SECRETS");
    }
    assertThat(
            Api.of(hub)
                .get("/health/detailed")
                .json()
                .at("/components/sources/details/unconfigured")
                .asText())
        .contains("refuses everything");
  }

  @Test
  void aRotationRefusesNothingOfEitherSecretUntilItsTime() throws Exception {
    Instant last = DoorHub.ROTATED.minusSeconds(1);

    assertThat(rotated(DoorHub.OLD_SECRET, last)).isEqualTo(200);
    assertThat(rotated(DoorHub.NEW_SECRET, last)).isEqualTo(200);
    assertThat(rotated(DoorHub.OLD_SECRET, DoorHub.ROTATED)).isEqualTo(401);
    assertThat(rotated(DoorHub.NEW_SECRET, DoorHub.ROTATED)).isEqualTo(200);
  }

  private int rotated(String secret, Instant at) throws Exception {
    try (var then = DoorHub.at(at)) {
      return send(posted(DoorHub.shared(), "rotated", secret, body, at)).statusCode();
    }
  }

  @Test
  void theSecretThatVerifiedAnEventIsNamedByItsFingerprint() throws Exception {
    TestHub hub = TestHub.shared();
    send(posted(hub, "stripe", TestHub.STRIPE_SECRET, body));

    JsonNode event = Api.of(hub).get("/api/v1/events?key=evt_" + mark).json().at("/events/0");
    assertThat(event.path("verified_by").asText())
        .isEqualTo(new Secret(TestHub.STRIPE_SECRET, null).fingerprint());
  }

  @Test
  void aThinEventIsStoredToo() throws Exception {
    TestHub hub = TestHub.shared();
    String thin =
        """
        {"id":"evt_%s","object":"v2.core.event","type":"v1.billing.meter.error_report_triggered",\
        "created":"2025-10-09T08:53:19.000Z","livemode":false,"related_object":null}\
        """
            .formatted(mark);
    assertThat(send(posted(hub, "stripe", TestHub.STRIPE_SECRET, thin)).statusCode())
        .isEqualTo(200);

    JsonNode event = Api.of(hub).get("/api/v1/events?key=evt_" + mark).json().at("/events/0");
    assertThat(event.path("type").asText())
        .isEqualTo("stripe.v1.billing.meter.error_report_triggered");
    assertThat(event.path("time").asText()).isEqualTo("2025-10-09T08:53:19Z");
  }

  private static HttpRequest posted(TestHub hub, String source, String secret, String body) {
    return posted(hub, source, secret, body, Instant.now());
  }

  private static HttpRequest posted(
      TestHub hub, String source, String secret, String body, Instant at) {
    return HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/" + source))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .header("User-Agent", body.replaceAll(".*\"id\":\"evt_([0-9a-f-]+)\".*", "$1"))
        .header("Stripe-Signature", new StripeSender(hub.url(), secret).sign(body, at))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The refusal of this test's request, once it is written. */
  private JsonNode kept(TestHub hub, String source, String cause) {
    return await()
        .until(
            () -> {
              for (JsonNode refusal :
                  Api.of(hub)
                      .get("/api/v1/refusals?source=%s&cause=%s".formatted(source, cause))
                      .json()
                      .path("refusals")) {
                if (refusal.path("headers").toString().contains(mark)) {
                  return refusal;
                }
              }
              return null;
            },
            found -> found != null);
  }
}
