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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rightly signed bodies are events? */
class SignedBodyTest {

  private static final TestHub HUB = TestHub.shared();
  private static final StripeSender STRIPE = StripeSender.to(HUB);

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

  private static String event(String id, String type) {
    return "{\"id\":%s,\"object\":\"event\",\"type\":%s}".formatted(id, type);
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
