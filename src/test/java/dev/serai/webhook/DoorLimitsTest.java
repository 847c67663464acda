package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.RawHttp;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much does the door take at a time? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(DoorHub.TURN)
class DoorLimitsTest {

  private static final int LIMIT = DoorHub.MAX_BODY;
  private static final int HELD = 60_000;

  private final TestHub hub = DoorHub.shared();
  private final StripeSender stripe = StripeSender.to(hub);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBodyOfTheLimitIsTaken(boolean chunked) throws Exception {
    assertThat(RawHttp.exchange(hub, request(body(LIMIT), chunked)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBodyOfOneByteMoreIsRefused(boolean chunked) throws Exception {
    RawHttp.Answer answer = RawHttp.exchange(hub, request(body(LIMIT + 1), chunked));

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).contains("\"cause\":\"too_large\"");
  }

  @Test
  void anAnnouncedHugeBodyIsRefusedBeforeItComes() throws Exception {
    try (RawHttp http = new RawHttp(hub)) {
      assertThat(http.send(head(999_999_999_999L, "")).answer().status()).isEqualTo(413);
    }
    assertThat(bodies()).isZero();
  }

  @Test
  void endlessChunksAreCutOffAtTheLimit() throws Exception {
    String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    try (RawHttp http = new RawHttp(hub)) {
      http.send(head(-1, ""));
      for (int i = 0; i < 4; i++) {
        http.send(chunk);
      }
      assertThat(http.answer().status()).isEqualTo(413);
    }
    await().untilAsserted(() -> assertThat(bodies()).isZero());
  }

  @Test
  void aBodyThatDoesNotArriveWholeIsRefusedAndItsMemoryGivenBack() throws Exception {
    try (RawHttp http = new RawHttp(hub)) {
      http.send(head(HELD, "")).send("{\"id\":");
      await().untilAsserted(() -> assertThat(bodies()).isEqualTo(HELD));
      assertThat(http.end().answer().status()).isIn(400, 0);
    }
    await().untilAsserted(() -> assertThat(bodies()).isZero());
  }

  @Test
  void aClientThatGoesAwayGivesItsMemoryBack() throws Exception {
    try (RawHttp http = new RawHttp(hub)) {
      http.send(head(HELD, "")).send("{");
      await().untilAsserted(() -> assertThat(bodies()).isEqualTo(HELD));
    }
    await().untilAsserted(() -> assertThat(bodies()).isZero());
  }

  @Test
  void bodiesBeyondTheMemorySetAsideAreToldToComeAgain() throws Exception {
    List<RawHttp> slow = new ArrayList<>();
    try {
      for (int i = 0; i < DoorHub.IN_FLIGHT / HELD; i++) {
        slow.add(new RawHttp(hub).send(head(HELD, "")).send("{"));
      }
      await().untilAsserted(() -> assertThat(bodies()).isEqualTo(HELD * slow.size()));

      String body = body(DoorHub.IN_FLIGHT - HELD * slow.size() + 1);
      RawHttp.Answer answer = RawHttp.exchange(hub, request(body, false));
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.head().toLowerCase(Locale.ROOT)).contains("retry-after: 1\r\n");
      assertThat(answer.body()).contains("\"cause\":\"overloaded\"");
      // What fits beside the slow ones is still taken.
      assertThat(RawHttp.exchange(hub, request(body(1_000), false)).status()).isEqualTo(200);

      for (RawHttp http : slow) {
        http.close();
      }
      await().untilAsserted(() -> assertThat(bodies()).isZero());
      assertThat(RawHttp.exchange(hub, request(body, false)).status()).isEqualTo(200);
    } finally {
      for (RawHttp http : slow) {
        http.close();
      }
    }
  }

  @Test
  void aBodyThatComesInPiecesIsTaken() throws Exception {
    String body = body(3_000);
    try (RawHttp http = new RawHttp(hub)) {
      http.send(head(body.length(), stripe.sign(body, Instant.now())));
      for (int i = 0; i < body.length(); i += 500) {
        http.send(body.substring(i, i + 500));
      }
      assertThat(http.answer().status()).isEqualTo(200);
    }
  }

  private long bodies() {
    return hub.bean(Door.class).bodies().taken();
  }

  private String request(String body, boolean chunked) {
    String signature = stripe.sign(body, Instant.now());
    return chunked
        ? head(-1, signature)
            + "%s\r\n%s\r\n0\r\n\r\n".formatted(Integer.toHexString(body.length()), body)
        : head(body.length(), signature) + body;
  }

  private static String head(long length, String signature) {
    return "POST /webhooks/stripe HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        + (length < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + length)
        + "\r\nStripe-Signature: "
        + signature
        + "\r\n\r\n";
  }

  private static String body(int length) {
    String event = StripeSender.event("evt_" + UUID.randomUUID(), "of.a.test", "{\"note\":\"\"}");
    return event.replace("\"note\":\"", "\"note\":\"" + "x".repeat(length - event.length()));
  }
}
