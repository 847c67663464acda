package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.RawHttp;
import dev.serai.TestHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may a browser do with the hub's answers? */
@Execution(ExecutionMode.CONCURRENT)
class BrowserTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);

  @ParameterizedTest
  @CsvSource({
    "GET,  /api/v1/events, 200",
    "GET,  /api/v1/nothing, 404",
    "POST, /api/v1/verify, 400",
    "GET,  /health, 200",
    "GET,  /metrics, 200",
    "GET,  /nothing, 404",
  })
  void anAnswerIsDataThatNoPageFramesAndNoCacheKeeps(String method, String path, int status)
      throws Exception {
    Api.Answer answer = api.send(method, path);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.header("Content-Security-Policy"))
        .isEqualTo("default-src 'none'; frame-ancestors 'none'");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(answer.header("Strict-Transport-Security")).isEmpty();
  }

  @Test
  void evenOneWithoutAKeyHasTheHeaders() throws Exception {
    Api.Answer answer = api.open("GET", "/api/v1/events");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void theDoorsAnswersAreNotGuessedAbout() throws Exception {
    assertThat(api.post("/webhooks/stripe", "{}").header("X-Content-Type-Options"))
        .isEqualTo("nosniff");
  }

  @Test
  void behindTlsBrowsersShallStayWithIt() throws Exception {
    assertThat(
            api.with("GET", "/health", "X-Forwarded-Proto", "https")
                .header("Strict-Transport-Security"))
        .isEqualTo("max-age=31536000");
  }

  @ParameterizedTest
  @ValueSource(strings = {GuardedHub.ORIGIN, "https://other.example.com:8443"})
  void aConfiguredPageMayCall(String origin) throws Exception {
    String preflight = preflight(GuardedHub.shared(), origin);
    assertThat(preflight)
        .startsWith("HTTP/1.1 200")
        .contains("Access-Control-Allow-Origin: " + origin)
        .contains("Access-Control-Allow-Headers: authorization")
        .doesNotContain("Access-Control-Allow-Credentials");

    String answer =
        ask(
            GuardedHub.shared(),
            "GET /api/v1/sources",
            "Origin: " + origin,
            "Authorization: Bearer " + GuardedHub.key(3));
    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .contains("Access-Control-Allow-Origin: " + origin)
        .containsPattern("Access-Control-Expose-Headers: .*Retry-After");
    // A page must be able to read why it was refused.
    assertThat(ask(GuardedHub.shared(), "GET /api/v1/sources", "Origin: " + origin))
        .startsWith("HTTP/1.1 401")
        .contains("Access-Control-Allow-Origin: " + origin);
  }

  @Test
  void anotherPageMayNot() throws Exception {
    for (String origin :
        new String[] {"https://evil.example", "http://console.example.com", "null"}) {
      assertThat(preflight(GuardedHub.shared(), origin))
          .startsWith("HTTP/1.1 403")
          .contains("application/problem+json")
          .doesNotContain("Access-Control-Allow-Origin");
    }
  }

  @Test
  void withoutConfigurationNoPageMay() throws Exception {
    assertThat(preflight(hub, GuardedHub.ORIGIN))
        .startsWith("HTTP/1.1 401")
        .doesNotContain("Access-Control-Allow-Origin");
  }

  private static String preflight(TestHub hub, String origin) throws Exception {
    return ask(
        hub,
        "OPTIONS /api/v1/sources",
        "Origin: " + origin,
        "Access-Control-Request-Method: GET",
        "Access-Control-Request-Headers: authorization");
  }

  private static String ask(TestHub hub, String request, String... headers) throws Exception {
    return RawHttp.exchange(
            hub,
            "%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n\r\n"
                .formatted(request, String.join("\r\n", headers)))
        .head();
  }
}
