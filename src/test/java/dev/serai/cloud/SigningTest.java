package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is a post signed as Standard Webhooks says? */
class SigningTest {

  private static final Instant THEN = Instant.ofEpochSecond(1_614_265_330);
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

  /** The example of the specification's own libraries. */
  @Test
  void theKnownAnswerIsOurs() {
    assertThat(
            StandardWebhooks.headers(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", THEN, BODY, SigningSecret.parse(SECRET)))
        .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void everySecretSignsInItsOrder() {
    String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
    List<SigningSecret> both = SigningSecret.parse(SECRET + " | " + other);
    String[] signatures =
        StandardWebhooks.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", THEN, BODY, both)
            .getOrDefault("webhook-signature", "")
            .split(" ", -1);
    assertThat(signatures)
        .hasSize(2)
        .doesNotHaveDuplicates()
        .startsWith("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aSecretThatHasExpiredSignsNoMore() {
    SigningSecret dated = SigningSecret.parse(SECRET + "@2026-01-01T00:00:00Z").getFirst();
    assertThat(dated.isValid(Instant.parse("2025-12-31T23:59:59Z"))).isTrue();
    assertThat(dated.isValid(Instant.parse("2026-01-01T00:00:00Z"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!w",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw@tomorrow",
      })
  void aSecretThatCannotSignIsRefusedWithoutBeingTold(String secret) {
    assertThatThrownBy(() -> SigningSecret.parse(secret))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("MfKQ9r8")
        .hasMessageNotContaining("c2hvcnQ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "a b", "a\nb", "\u00e9"})
  void anIdThatCouldShiftTheSignedPartsIsRefused(String id) {
    assertThatThrownBy(() -> StandardWebhooks.headers(id, THEN, BODY, SigningSecret.parse(SECRET)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0",
        "transfer-encoding: chunked",
        "Webhook-Signature: v1,x",
        "CamelHttpUri: http://other",
        "Host: other",
        "X-A\r\nX-B: c",
        "X-A: b\r\nX-C: d",
        ": value",
        "no colon",
      })
  void aHeaderThatIsNotTheRoutesIsRefused(String header) {
    assertThatThrownBy(() -> SinkHeaders.parse("headers", header))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("headers: header");
  }

  @Test
  void headersAreNamesAndValues() {
    assertThat(SinkHeaders.parse("headers", "X-A: b:c | Authorization: Bearer abc|"))
        .containsOnly(
            java.util.Map.entry("X-A", "b:c"), java.util.Map.entry("Authorization", "Bearer abc"));
  }
}
