package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.Api;
import dev.serai.TestHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Is a provider that signs with an HMAC verified without a line of Java? */
class HmacTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);

  /**
   * What the providers have published: GitHub in its documentation, Shopify in the tests of its gem
   * shopify_app (with a new and an old secret), Razorpay in those of its SDKs.
   */
  @ParameterizedTest
  @CsvSource({
    "github, It's a Secret to Everybody, 'Hello, World!', X-Hub-Signature-256,"
        + " sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    "shopify, secret, foo=anything, X-Shopify-Hmac-Sha256,"
        + " yCGX/RrK4fcuNtr3ztk5tQGsOBjcAzHpGLdMUrbV8yI=",
    "shopify, old_secret, foo=anything, X-Shopify-Hmac-Sha256,"
        + " XqRcjrSv57VACn6apEO9znyu/wkN1VC7QxdSPwK3Hzs=",
    "razorpay, 123456, '{\"a\":1,\"b\":2,\"c\":{\"d\":3}}', X-Razorpay-Signature,"
        + " 2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc",
  })
  void publishedExamplesAreVerifiedByTheExampleFiles(
      String provider, String secret, String body, String header, String signature)
      throws Exception {
    try (TestHub.Routes route = TestHub.shared().routes(example(provider))) {
      Scheme scheme = TestHub.shared().bean(Door.class).source(provider).orElseThrow().scheme();
      List<Secret> secrets = List.of(new Secret("other", null), new Secret(secret, null));

      Verdict.Accepted verdict =
          scheme.verify(request(header, signature, body), secrets, NOW, Duration.ZERO);

      assertThat(verdict.key()).isEqualTo(secrets.get(1).fingerprint());
      assertThatThrownBy(
              () ->
                  scheme.verify(
                      request(header, signature, body + " "), secrets, NOW, Duration.ZERO))
          .isInstanceOf(RefusedException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"github", "shopify", "razorpay", "slack"})
  void whatTheHubSignsAsTheProviderItTakesAndFindsAgain(String provider) throws Exception {
    TestHub hub = TestHub.shared();
    try (TestHub.Routes route = hub.routes(example(provider))) {
      Source source = hub.bean(Door.class).source(provider).orElseThrow();
      byte[] body =
          "{\"event\":\"payment.captured\",\"type\":\"url_verification\",\"id\":\"%s\"}"
              .formatted(RandomHex.of(8))
              .getBytes(StandardCharsets.UTF_8);
      Map<String, String> headers =
          new TreeMap<>(source.scheme().sign(body, source.secrets().getFirst(), Instant.now()));
      headers.put("X-GitHub-Event", "push");
      headers.put("X-Shopify-Topic", "orders/create");

      HttpResponse<String> response = post(hub.url() + "/webhooks/" + provider, headers, body);

      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      String id = response.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
      assertThat(Api.of(hub).get("/api/v1/events/" + id).json().path("type").asText())
          .startsWith(provider + ".");
    }
  }

  @Test
  void theApiJudgesARequestOfAnyProviderByItsOptions() throws Exception {
    String request =
        """
        {"scheme": "hmac", "options": {"signatureHeader": "X-Razorpay-Signature"},
         "secrets": ["123456"], "headers": {"x-razorpay-signature":
           "2fe04e22977002e6c7cb553adab8b460cb9e2a4970d5953cb27a8472752e3bbc"},
         "body": "{\\"a\\":1,\\"b\\":2,\\"c\\":{\\"d\\":3}}"}
        """;
    Api api = Api.of(TestHub.shared());

    assertThat(api.post("/api/v1/verify", request).json().path("verdict").asText())
        .isEqualTo("accept");
    Api.Answer wrong =
        api.post("/api/v1/verify", request.replace("signatureHeader", "signatureHeaders"));
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().path("detail").asText())
        .contains("no option 'signatureHeaders'", "signedContent");
  }

  @Test
  void aTimeOfSigningCountsInBothDirectionsAndIsSigned() throws Exception {
    HmacOptions options = options();
    options.setTimestampHeader("X-Time");
    options.setSignedContent("v0:{timestamp}:{body}");
    Scheme scheme = new Hmac(HmacForm.of(options));
    Secret secret = new Secret("secret", null);
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = scheme.sign(body, secret, NOW);

    assertThat(cause(scheme, headers, NOW.plusSeconds(300))).isNull();
    assertThat(cause(scheme, headers, NOW.minusSeconds(300))).isNull();
    assertThat(cause(scheme, headers, NOW.plusSeconds(301))).isEqualTo(Cause.TOO_OLD);
    assertThat(cause(scheme, headers, NOW.minusSeconds(301))).isEqualTo(Cause.TOO_NEW);
    Map<String, String> moved = new TreeMap<>(headers);
    moved.put("X-Time", Long.toString(NOW.getEpochSecond() + 1));
    assertThat(cause(scheme, moved, NOW)).isEqualTo(Cause.SIGNATURE_MISMATCH);
    moved.put("X-Time", "+" + NOW.getEpochSecond());
    assertThat(cause(scheme, moved, NOW)).isEqualTo(Cause.SIGNATURE_MALFORMED);
  }

  @Property
  void anyHeaderIsTakenOrRefusedAndNothingElse(
      @ForAll String header, @ForAll @Size(max = 50) byte[] body) {
    Scheme scheme = new Hmac(HmacForm.of(options()));
    try {
      scheme.verify(
          SignedRequest.of(Map.of("X-Signature", List.of(header)), body),
          List.of(new Secret("secret", null)),
          NOW,
          Duration.ZERO);
      throw new AssertionError("Guessed");
    } catch (RefusedException refused) {
      assertThat(refused.refusal().explanation()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "{time}:{body}, '', braces must be",
    "{timestamp}, X-Time, contain {body}",
    "{timestamp}{body}, '', contain {timestamp} if there is",
    "{body}, X-Time, contain {timestamp} if there is",
    "{body, '', braces must be",
  })
  void aContentThatCanNotBeIsNamed(String content, String timestampHeader, String problem) {
    HmacOptions options = options();
    options.setSignedContent(content);
    options.setTimestampHeader(timestampHeader);

    assertThatThrownBy(() -> HmacForm.of(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'signedContent' is '%s'".formatted(content))
        .hasMessageContaining(problem);
  }

  private static @Nullable Cause cause(Scheme scheme, Map<String, String> headers, Instant now) {
    Map<String, List<String>> lines = new TreeMap<>();
    headers.forEach((name, value) -> lines.put(name, List.of(value)));
    try {
      scheme.verify(
          SignedRequest.of(lines, "{}".getBytes(StandardCharsets.UTF_8)),
          List.of(new Secret("secret", null)),
          now,
          Duration.ofSeconds(300));
      return null;
    } catch (RefusedException e) {
      return e.refusal().cause();
    }
  }

  private static HmacOptions options() {
    HmacOptions options = new SourceOptions();
    options.setSignatureHeader("X-Signature");
    return options;
  }

  private static SignedRequest request(String header, String signature, String body) {
    return SignedRequest.of(
        Map.of(header, List.of(signature)), body.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> post(String url, Map<String, String> headers, byte[] body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String example(String provider) throws Exception {
    return Files.readString(Path.of("docs", "examples", provider + ".camel.yaml"));
  }
}
