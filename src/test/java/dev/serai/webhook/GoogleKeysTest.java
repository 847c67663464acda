package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.jwk.JWK;
import dev.serai.cloud.google.GoogleTokens;
import dev.serai.cloud.google.HttpFake;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Are the keys there when they are needed, whatever becomes of their server? */
class GoogleKeysTest {

  private final HttpFake server = new HttpFake();
  private final GoogleTokens tokens = new GoogleTokens();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-20T18:00:00Z"));
  private final GoogleKeys keys =
      new GoogleKeys(
          new KeySource(URI.create(server.url() + "/certs")), Duration.ofSeconds(10), clock());

  GoogleKeysTest() {
    server.serve("/certs", tokens::keys);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now.get();
      }

      @Override
      public ZoneId getZone() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void pass(Duration time) {
    now.set(now.get().plus(time));
  }

  @Test
  void theyAreAskedForOnceWhileTheyAreFresh() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertThat(keys.find("first")).isPresent();
    }
    pass(Duration.ofMinutes(59));
    assertThat(keys.find("first")).isPresent();
    assertThat(server.seen()).hasSize(1);
    pass(Duration.ofMinutes(2));
    assertThat(keys.find("first")).isPresent();
    await().until(() -> server.seen().size() == 2);
  }

  @Test
  void aKeyThatIsNewIsFoundAndOneThatIsNoneIsAskedForSeldom() throws Exception {
    assertThat(keys.find("first")).isPresent();
    JWK next = GoogleTokens.rsa("second");
    tokens.show(tokens.signing(), next);
    pass(Duration.ofSeconds(11));
    assertThat(keys.find("second")).isPresent();
    assertThat(keys.find("first")).isPresent();
    for (int i = 0; i < 100; i++) {
      assertThat(keys.find("none-" + i)).isEmpty();
    }
    assertThat(server.seen()).hasSize(2);
    tokens.show(next);
    pass(Duration.ofHours(1));
    keys.find("first");
    await().until(() -> keys.find("first").isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "cut", "garbage", "empty", "private", "huge"})
  void thoseThatAreKnownCountWhileTheServerIsAway(String fault) throws Exception {
    assertThat(keys.find("first")).isPresent();
    switch (fault) {
      case "500" -> server.fail(1000, "/certs", 500, "{}");
      case "cut" -> server.cut(1000, "/certs");
      case "garbage" -> server.fail(1000, "/certs", 200, "<html>");
      case "empty" -> server.fail(1000, "/certs", 200, "{\"keys\":[]}");
      case "private" ->
          server.fail(
              1000, "/certs", 200, "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\",\"kid\":\"first\"}]}");
      default -> server.fail(1000, "/certs", 200, "{\"keys\":[]}" + " ".repeat(300_000));
    }
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofHours(4));
      int before = server.seen().size();
      assertThat(keys.find("first")).isPresent();
      await().until(() -> server.seen().size() > before);
    }
    pass(Duration.ofHours(5));
    assertThatThrownBy(() -> keys.find("first"))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal().cause()).isEqualTo(Cause.KEYS));
    server.heal();
    pass(Duration.ofSeconds(11));
    await().ignoreExceptions().until(() -> keys.find("first").isPresent());
  }

  @Test
  void withoutAnyTheHubSaysThatItCanNotKnow() throws Exception {
    server.fail(1, "/certs", 503, "{}");
    assertThatThrownBy(() -> keys.find("first")).isInstanceOf(RefusedException.class);
    assertThat(Cause.KEYS.status()).isEqualTo(503);
    pass(Duration.ofSeconds(11));
    assertThat(keys.find("first")).isPresent();
  }

  @Test
  void aServerThatHangsHoldsUpNobodyWhoseKeyIsKnown() throws Exception {
    assertThat(keys.find("first")).isPresent();
    server.slow(1, "/certs", Duration.ofSeconds(30));
    pass(Duration.ofHours(2));
    Optional<JWK> found = keys.find("first");
    assertThat(found).isPresent();
  }

  @Test
  void aServerThatNeverEndsItsAnswerIsGivenUp() throws Exception {
    assertThat(keys.find("first")).isPresent();
    server.add(
        1,
        "/certs",
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
        });
    pass(Duration.ofHours(2));
    assertThat(keys.find("first")).isPresent();
    tokens.show(GoogleTokens.rsa("second"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              pass(Duration.ofSeconds(11));
              return keys.find("second").isPresent();
            });
  }

  @Test
  void afterADayWithoutRequestsTheFirstOneWaitsForThem() throws Exception {
    assertThat(keys.find("first")).isPresent();
    pass(Duration.ofHours(30));
    assertThat(keys.find("first")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://keys.example/certs", "ftp://localhost/certs", "certs"})
  void anAddressThatAnybodyCouldAnswerForIsRefused(String address) {
    assertThatThrownBy(() -> new GoogleOidcSettings(URI.create(address), Duration.ofSeconds(10)))
        .hasMessageContaining("serai.webhooks.google-oidc.keys");
  }
}
