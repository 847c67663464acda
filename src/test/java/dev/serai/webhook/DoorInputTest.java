package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.RawHttp;
import dev.serai.TestHub;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is there an input that the door can't answer? */
class DoorInputTest {

  private static final TestHub HUB = TestHub.shared();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/webhooks/stripe%00",
        "/webhooks/%00",
        "/webhooks/../webhooks/nobody",
        "/webhooks/..%2f..%2fetc/passwd",
        "/webhooks/stripe%2fx",
        "/webhooks/%5c..%5cstripe",
        "/webhooks/stripe/",
        "/webhooks/Stripe",
        "/webhooks//stripe",
        "/webhooks/stripe/more",
        "/webhooks/",
        "/webhooks",
        "/webhooks/{{serai.data.dir}}",
        "/webhooks/%24%7Bbody%7D",
        "/webhooks/%ff%fe",
        "/webhooks/%zz",
        "/webhooks/stripe?a=%00&%zz",
        "/webhooks/stripe;jsessionid=1",
        "//webhooks/stripe",
        "webhooks/stripe",
        "*",
        "http://[::1",
      })
  void aStrangePathIsRefused(String path) throws Exception {
    assertThat(status("POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n".formatted(path)))
        .isBetween(300, 499);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND", "post"})
  void onlyPostIsTaken(String method) throws Exception {
    RawHttp.Answer answer =
        RawHttp.exchange(
            HUB, bytes("%s /webhooks/stripe HTTP/1.1\r\nHost: a\r\n\r\n".formatted(method)));

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.head()).contains("Allow: POST");
  }

  /** The server's own answer, in front of the door. */
  @Test
  void aTraceIsNotGiven() throws Exception {
    assertThat(status("TRACE /webhooks/stripe HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(405);
  }

  /** The one 5xx that an input can get: RFC 9112, 6.1 asks for it. */
  @Test
  void aTransferCodingThatNobodyKnowsIsNotImplemented() throws Exception {
    assertThat(
            status("POST /webhooks/stripe HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"))
        .isEqualTo(501);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: -1",
        "Content-Length: x",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 99999999999999999999",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked, identity",
        "Content-Type: \u0000/json",
        "Content-Type:",
        "Content-Type: application/json; charset=nonsense",
        "Content-Type: application/json;;;=\"",
        "Content-Type: text/plain",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: multipart/form-data; boundary=x",
        "Content-Type: application/json\r\nContent-Encoding: gzip",
        "Content-Type: application/json\r\nContent-Encoding: \u00e9",
        "Content-Type: application/json\r\nStripe-Signature: \u00ff\u00fe",
        "Content-Type: application/json\r\nStripe-Signature: t=1,v1=\r\nStripe-Signature: t=2",
        "Content-Type: application/json\r\nExpect: nonsense",
        "X: \u0000",
        ": nothing",
        "no colon",
      })
  void aStrangeHeaderIsRefused(String lines) throws Exception {
    boolean framed = lines.contains("Content-Length") || lines.contains("Transfer");
    String more = framed ? "" : "Content-Length: 0\r\n";
    assertThat(
            status(
                "POST /webhooks/stripe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s%s\r\n\r\n"
                    .formatted(more, lines)))
        .isBetween(400, 499);
  }

  @Test
  void headersLargerThanTheServerTakesAreRefused() throws Exception {
    assertThat(
            status(
                "POST /webhooks/stripe HTTP/1.1\r\nHost: a\r\nX: %s\r\n\r\n"
                    .formatted("x".repeat(20_000))))
        .isBetween(400, 499);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz\r\n", "-1\r\n", "5\r\nab", "ffffffffffffffff\r\nx", "5;x=\u0000\r\n"})
  void brokenChunksAreRefused(String chunks) throws Exception {
    try (RawHttp http = new RawHttp(HUB)) {
      http.send(
          "POST /webhooks/stripe HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + chunks);
      assertThat(http.end().answer().status()).isIn(400, 0);
    }
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void anyHeaderValueIsAnswered(@ForAll("values") String value) throws Exception {
    assertThat(
            status(
                "POST /webhooks/stripe HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Connection: close\r\nContent-Length: 0\r\nStripe-Signature: %s\r\n\r\n"
                        .formatted(value)))
        .isBetween(400, 499);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withCharRange('\u0000', '\u00ff').ofMaxLength(200);
  }

  private static int status(String request) throws Exception {
    return RawHttp.exchange(HUB, bytes(request)).status();
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }
}
