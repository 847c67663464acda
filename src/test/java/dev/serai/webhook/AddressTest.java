package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.RawHttp;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From which addresses does a source take requests, and whose word is there for that? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(DoorHub.TURN)
class AddressTest {

  /** The hub whose trusted proxies are {@link DoorHub#PROXIES}, this machine among them. */
  private final TestHub proxied = DoorHub.shared();

  private final String mark = UUID.randomUUID().toString();
  private final String source = "addresses-" + mark.substring(0, 8);
  private final String body = StripeSender.event("evt_" + mark, "of.a.test", "{\"id\":\"x\"}");

  /** Posts with these lines of X-Forwarded-For to a source that takes these addresses. */
  private RawHttp.Answer post(TestHub hub, String allow, String... forwarded) throws Exception {
    try (TestHub.Routes routes = hub.routes(DoorHub.route(source, "allow: \"" + allow + "\""))) {
      return RawHttp.exchange(hub, head(hub, body.length(), forwarded) + body);
    }
  }

  private String head(TestHub hub, int length, String... forwarded) throws Exception {
    String secret = Files.readString(hub.data().resolve("secrets/" + source)).strip();
    StringBuilder head =
        new StringBuilder(
            "POST /webhooks/%s HTTP/1.1\r\nHost: a\r\nUser-Agent: %s\r\nContent-Type: application/json\r\n"
                .formatted(source, mark));
    for (String line : forwarded) {
      head.append("X-Forwarded-For: ").append(line).append("\r\n");
    }
    return head.append("Stripe-Signature: ")
        .append(new StripeSender(hub.url(), secret).sign(body, Instant.now()))
        .append("\r\nContent-Length: ")
        .append(length)
        .append("\r\n\r\n")
        .toString();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 200",
    "127.0.0.1, 200",
    "127.0.0.0/8, 200",
    "'10.0.0.0/8, 127.0.0.0/8', 200",
    "0.0.0.0/0, 200",
    "127.0.0.2, 403",
    "'10.0.0.0/8,103.116.33.8/30', 403",
    "::/0, 403",
  })
  void aSourceTakesRequestsFromItsAddressesOnly(String allow, int status) throws Exception {
    assertThat(post(TestHub.shared(), allow).status()).isEqualTo(status);
  }

  @Test
  void theHeaderOfAStrangerIsNotBelieved() throws Exception {
    RawHttp.Answer answer = post(TestHub.shared(), "103.116.33.8/30", "103.116.33.9");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.head()).contains("application/problem+json");
    assertThat(answer.body())
        .contains("\"cause\":\"address\"", "\"title\":\"Forbidden\"", "127.0.0.1");
    assertThat(kept(TestHub.shared()).path("remote").asText()).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    // What the proxies saw, and who sent it.
    "103.116.33.9, 103.116.33.9",
    "'103.116.33.9, 10.1.2.3', 103.116.33.9",
    "'103.116.33.9, 198.51.100.7', 198.51.100.7",
    "'103.116.33.9, 198.51.100.7, 10.1.2.3, 10.9.9.9', 198.51.100.7",
    "'198.51.100.7,103.116.33.11', 103.116.33.11",
    "'103.116.33.9:51234', 103.116.33.9",
    "'2001:db8::7, fd00::1', 2001:db8:0:0:0:0:0:7",
    "'[2001:db8::7]:443', 2001:db8:0:0:0:0:0:7",
    "'::ffff:103.116.33.9', 103.116.33.9",
    // What is no address ends the way that is believed.
    "'103.116.33.9, unknown', 127.0.0.1",
    "'103.116.33.9, , 10.1.2.3', 10.1.2.3",
    "'', 127.0.0.1",
    "10.1.2.3, 10.1.2.3",
  })
  void behindTrustedProxiesTheLastStrangerIsTheSender(String forwarded, String sender)
      throws Exception {
    RawHttp.Answer answer = post(proxied, "192.0.2.0/24", forwarded);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(kept(proxied).path("remote").asText()).isEqualTo(sender);
    assertThat(answer.body()).contains("from the address " + sender);
  }

  @Test
  void severalHeadersAreOneWay() throws Exception {
    assertThat(post(proxied, "103.116.33.8/30", "198.51.100.7", "103.116.33.9, 10.1.2.3").status())
        .isEqualTo(200);
    assertThat(post(proxied, "103.116.33.8/30", "103.116.33.9", "198.51.100.7").status())
        .isEqualTo(403);
    assertThat(post(proxied, "2001:db8::/32", "2001:db8::7").status()).isEqualTo(200);
  }

  @Test
  void aStrangerIsRefusedBeforeTheBodyIsRead() throws Exception {
    TestHub hub = TestHub.shared();
    try (TestHub.Routes routes = hub.routes(DoorHub.route(source, "allow: 192.0.2.0/24"));
        RawHttp http = new RawHttp(hub)) {
      // It never comes.
      assertThat(http.send(head(hub, 1_000_000)).answer().status()).isEqualTo(403);
    }
    assertThat(kept(hub).has("body_bytes")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "phonepe.com",
        "10.0.0.0/-1",
        "300.1.1.1",
        "10.0.0.0/8/8",
        "::1/129"
      })
  void whatIsNoRangeIsRefusedWhenTheRouteIsLoaded(String wrong) {
    assertThatThrownBy(
            () ->
                proxied.routes(DoorHub.route(source, "allow: \"10.0.0.0/8, %s\"".formatted(wrong))))
        .hasStackTraceContaining("inbound: option 'allow' has '%s'".formatted(wrong));
  }

  @Test
  void whatIsNoProxyEndsTheStart() {
    assertThatThrownBy(
            () ->
                TestHub.shared().another(Map.of("serai.webhooks.trusted-proxies", "10.0.0.0/8,lb")))
        .hasStackTraceContaining("serai.webhooks.trusted-proxies has 'lb'");
  }

  @Test
  void phonePesOwnAddressesAreOneSettingForAllItsForms() throws Exception {
    try (TestHub hub =
        TestHub.shared()
            .another(Map.of("serai.phonepe.allow", "103.116.33.8/30, 103.243.35.242"))) {
      for (String path : List.of("/phonepe", "/phonepe/hmac", "/phonepe/v1")) {
        RawHttp.Answer answer =
            RawHttp.exchange(
                hub,
                "POST /webhooks%s HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"
                    .formatted(path));
        assertThat(answer.status()).as(path).isEqualTo(403);
      }
    }
  }

  /** The refusal of this test's request, once it is written. */
  private JsonNode kept(TestHub hub) {
    return await()
        .until(
            () ->
                Api.of(hub)
                    .get("/api/v1/refusals?cause=address&source=" + source)
                    .json()
                    .at("/refusals/0"),
            found -> !found.isMissingNode());
  }
}
