package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Metrics;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What do the metrics tell of a source, and what is left of one that is gone? */
class SourceMetricsTest {

  private static final TestHub HUB = SecretsHub.shared();

  @Test
  void theyTellHowFarTheSendersClockIsAway() throws Exception {
    String event = StripeSender.event("evt_" + UUID.randomUUID(), "of.a.test", "{}");
    StripeSender sender = new StripeSender(HUB.url(), "aged", SecretsHub.NEW.value());
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int seconds : new int[] {-100, 100}) {
        HttpRequest request =
            HttpRequest.newBuilder(
                    sender.request(event), (name, value) -> !name.equals("Stripe-Signature"))
                .header("Stripe-Signature", sender.sign(event, Instant.now().plusSeconds(seconds)))
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
            .isEqualTo(200);
      }
    }
    for (String direction : List.of("ahead", "behind")) {
      assertThat(gauge("serai_webhooks_skew_seconds_max", "aged", "direction", direction))
          .isBetween(98.0, 103.0);
      assertThat(bucket("60.0", direction)).isLessThan(bucket("120.0", direction));
    }
  }

  private static double bucket(String le, String direction) throws Exception {
    return Metrics.of(HUB)
        .value(
            "serai_webhooks_skew_seconds_bucket",
            "source",
            "aged",
            "le",
            le,
            "direction",
            direction);
  }

  @Test
  void theyTellTheAgeTheEndAndTheUseOfSecrets() throws Exception {
    double begin = Instant.now().toEpochMilli() / 1000.0 - 1;
    assertThat(SecretsHub.post("aged", SecretsHub.OLD)).isEqualTo(200);
    HUB.bean(SecretHistory.class).share();
    double now = Instant.now().toEpochMilli() / 1000.0 + 1;
    double expiry = SecretsHub.EXPIRY.getEpochSecond();
    double age = Duration.ofHours(1).toSeconds();

    assertThat(gauge("serai_webhooks_last_accepted_seconds", "aged")).isBetween(begin, now);
    assertThat(gauge("serai_webhooks_secret_first_seen_seconds", "aged"))
        .isBetween(expiry - age - 60, now);
    assertThat(gauge("serai_webhooks_secret_next_expiry_seconds", "aged")).isEqualTo(expiry);
    assertThat(gauge("serai_webhooks_secret_next_expiry_used_seconds", "aged"))
        .isBetween(begin, now);
    assertThat(gauge("serai_webhooks_secret_last_expiry_seconds", "aged")).isNaN();
    assertThat(gauge("serai_webhooks_secret_last_expiry_seconds", "ending")).isEqualTo(expiry);
    assertThat(gauge("serai_webhooks_last_accepted_seconds", "ending")).isNaN();
    assertThat(gauge("serai_webhooks_secrets", "aged", "state", "valid")).isEqualTo(2);
    assertThat(gauge("serai_webhooks_secrets", "half", "state", "valid")).isEqualTo(1);
    assertThat(gauge("serai_webhooks_secrets", "half", "state", "unusable")).isEqualTo(1);
    assertThat(gauge("serai_webhooks_secrets", "broken", "state", "valid")).isZero();
    assertThat(Metrics.of(HUB).all("serai_webhooks_secrets", "source", WarmUp.SOURCE)).isEmpty();
  }

  private static double gauge(String name, String source, String... more) throws Exception {
    String[] labels = new String[2 + more.length];
    labels[0] = "source";
    labels[1] = source;
    System.arraycopy(more, 0, labels, 2, more.length);
    return Metrics.of(HUB).value(name, labels);
  }

  /** A route that is being replaced is away for a moment; its counts go on. */
  @Test
  void aSourceThatGoesLeavesItsCountsForAMomentAndThenNothing() throws Exception {
    String source = "leaving-" + UUID.randomUUID().toString().substring(0, 8);
    Door door = HUB.bean(Door.class);
    for (int i = 1; i <= 2; i++) {
      try (var route = HUB.routes(DoorHub.route(source, ""))) {
        assertThat(SecretsHub.post(source, SecretsHub.OLD)).isEqualTo(401);
        assertThat(refused(source).getFirst().value()).isEqualTo(i);
        assertThat(ofSource(source)).contains("serai_webhooks_secrets");
      }
      door.forgetGone(System.nanoTime());
      assertThat(ofSource(source))
          .contains("serai_webhooks_refused_total")
          .doesNotContain("serai_webhooks_secrets", "serai_webhooks_last_accepted_seconds");
    }
    door.forgetGone(System.nanoTime() + Duration.ofMinutes(1).toNanos());
    assertThat(ofSource(source)).isEmpty();

    try (var route = HUB.routes(DoorHub.route(source, ""))) {
      door.forgetGone(System.nanoTime() + Duration.ofMinutes(1).toNanos());
      assertThat(SecretsHub.post(source, SecretsHub.OLD)).isEqualTo(401);
      await().untilAsserted(() -> assertThat(refused(source).getFirst().value()).isEqualTo(1));
      assertThat(ofSource(source)).contains("serai_webhooks_secrets");
    }
  }

  private static List<Metrics.Sample> refused(String source) throws Exception {
    return Metrics.of(HUB).all("serai_webhooks_refused_total", "source", source);
  }

  private static List<String> ofSource(String source) throws Exception {
    return Metrics.of(HUB).samples().stream()
        .filter(sample -> source.equals(sample.labels().get("source")))
        .map(Metrics.Sample::name)
        .distinct()
        .toList();
  }
}
