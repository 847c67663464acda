package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.RawHttp;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Is there an input that the door can't answer? */
class DoorInputTest {

  private static final TestHub HUB = TestHub.shared();
  private static final StripeSender STRIPE = StripeSender.to(HUB);

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

  static List<String> bodies() {
    String id = "evt_" + UUID.randomUUID();
    return List.of(
        "",
        " ",
        "[]",
        "\"\"",
        "1e999999999",
        "{\"id\":",
        event("\"a\\u0000b\"", "\"t\""),
        event("\"\\ud800\"", "\"t\""),
        event("\"\\udc00\\ud800\"", "\"t\""),
        event("\"" + "k".repeat(5_000) + "\"", "\"t\""),
        event("\"" + id + "\"", "\"" + "é".repeat(300) + "\""),
        event("\"" + id + "\"", "\"a\\u0000\""),
        event("\"" + id + "\"", "\"\\udfff\""),
        event("\"\"", "\"t\""),
        event("null", "\"t\""),
        event("{}", "[]"),
        event("7", "true"),
        "{\"id\":\"a\",\"id\":\"b\",\"object\":\"event\",\"type\":\"t\"}",
        "{".repeat(5_000),
        "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000),
        "{\"n\":" + "9".repeat(50_000) + "}",
        event("\"" + id + "\"", "\"t\"") + "x",
        event("\"" + id + "\"", "\"t\"") + event("\"" + id + "\"", "\"t\""),
        "\uFEFF" + event("\"" + id + "\"", "\"t\""));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aSignedBodyThatIsNoEventIsRefused(String body) throws Exception {
    assertThat(post(body.getBytes(StandardCharsets.UTF_8))).as(body).isEqualTo(400);
  }

  /** None of these is what makes an event one, so it is stored. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"created\":\"+999999999-01-01T00:00:00Z\"",
        "\"created\":\"-999999999-01-01T00:00:00Z\"",
        "\"created\":\"-4800-01-01T00:00:00Z\"",
        "\"created\":\"0000-01-01T00:00:00Z\"",
        "\"created\":999999999999999",
        "\"created\":-1",
        "\"created\":1e400",
        "\"created\":{\"a\":[1]}",
        "\"data\":null",
        "\"data\":{\"object\":[]}",
        "\"data\":{\"object\":{\"id\":{\"id\":1},\"metadata\":\"x\"}}",
        "\"data\":{\"object\":{\"id\":\"x\",\"note\":\"\\u0000 \\ud800\"}}",
        "\"\\u0000\":\"\\u0000\"",
      })
  void aStrangeMemberKeepsNoEventOut(String member) throws Exception {
    String body =
        "{\"id\":\"evt_%s\",\"object\":\"event\",\"type\":\"of.a.test\",%s}"
            .formatted(UUID.randomUUID(), member);
    assertThat(post(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(200);
  }

  @Property(tries = 300, shrinking = ShrinkingMode.OFF)
  void anySignedBytesAreAnswered(@ForAll byte[] body) throws Exception {
    assertThat(post(body)).isEqualTo(400);
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

  private static String event(String id, String type) {
    return "{\"id\":%s,\"object\":\"event\",\"type\":%s}".formatted(id, type);
  }

  private static int status(String request) throws Exception {
    return RawHttp.exchange(HUB, bytes(request)).status();
  }

  private static int post(byte[] body) throws Exception {
    var request = new ByteArrayOutputStream();
    request.writeBytes(
        bytes(
            "POST /webhooks/stripe HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: %s\r\nStripe-Signature: %s\r\n\r\n"
                    .formatted(body.length, STRIPE.sign(body, Instant.now()))));
    request.writeBytes(body);
    return RawHttp.exchange(HUB, request.toByteArray()).status();
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }
}
