package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.RawHttp;
import dev.serai.TestHub;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Is every refusal a problem, also where no controller is? */
class ProblemTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v1/nothing,         */*,              404, not_found",
    "GET,    /nothing,                text/html,        404, not_found",
    "GET,    /,                       text/html,        404, not_found",
    "GET,    /error,                  text/html,        404, not_found",
    "POST,   /api/v1/nothing,         */*,              404, not_found",
    "GET,    /api/v1/events/,         */*,              404, not_found",
    "DELETE, /api/v1/sources,         */*,              405, method_not_allowed",
    "POST,   /metrics,                */*,              405, method_not_allowed",
    "GET,    /api/v1/events,          application/xml,  406, not_acceptable",
    "GET,    /api//v1/events,         */*,              400, bad_request",
    "GET,    /api/v1/events;a=b,      */*,              400, bad_request",
    "GET,    /api/v1/%2e%2e/events,   */*,              400, bad_request",
    "TRACE,  /api/v1/events,          */*,              400, bad_request",
  })
  void everyRefusalIsAProblem(String method, String path, String accept, int status, String cause)
      throws Exception {
    Api.Answer answer = api.with(method, path, "Accept", accept);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("status").asInt()).isEqualTo(status);
    assertThat(answer.json().path("cause").asText()).isEqualTo(cause);
    assertThat(answer.json().path("detail").asText()).isNotEmpty();
    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml"})
  void aBodyOfAnotherMediaTypeIsNotRead(String type) throws Exception {
    RawHttp.Answer raw =
        RawHttp.exchange(
            hub,
            "POST /api/v1/events HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n".formatted(type)
                + "Content-Length: 2\r\nAuthorization: Bearer %s\r\n\r\n{}"
                    .formatted(TestHub.API_KEY));

    assertThat(raw.head()).startsWith("HTTP/1.1 415").contains("application/problem+json");
  }
}
