package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.Api;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

/** What does a sink post, and what does it leave behind? */
class HttpPostTest {

  private static final Processor NOTHING = exchange -> {};

  private final TestHub hub = TestHub.shared();

  private static UUID send(TestHandler handler, String json) {
    String key = UUID.randomUUID().toString();
    return handler.log().append(TestLog.event("test", handler.type(), key, null, json, null)).id();
  }

  /** By the words of the specification, not by our code. */
  private static String signature(Partner.Post post, String key) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
    mac.update(post.header("Webhook-id").getBytes(StandardCharsets.UTF_8));
    mac.update(".".getBytes(StandardCharsets.UTF_8));
    mac.update(post.header("Webhook-timestamp").getBytes(StandardCharsets.UTF_8));
    mac.update(".".getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(post.body()));
  }

  @Test
  void anEventIsPostedSignedAndItsAnswerIsKept() throws Exception {
    try (Partner partner = Partner.start().answer(202, "thanks", "Content-Type", "text/plain");
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.handler(NOTHING)) {
      String json = "{ \"amount\" : 1.50, \"name\": \"\u0938\u0930\u093e\u092f\" }";
      UUID event = send(handler, json);
      handler.awaitState(event, "done");

      Partner.Post post = partner.posts().getFirst();
      assertThat(post.method()).isEqualTo("POST");
      assertThat(post.uri()).isEqualTo("/hooks");
      assertThat(post.text()).isEqualTo(json);
      assertThat(post.header("Content-type")).startsWith("application/json");
      assertThat(post.header("User-agent")).isEqualTo("Serai");
      assertThat(post.header("Webhook-id")).isEqualTo(event.toString());
      assertThat(Long.parseLong(post.header("Webhook-timestamp")))
          .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(60L));
      assertThat(post.header("Webhook-signature")).isEqualTo(signature(post, TestSink.KEY));

      JsonNode result = result(event);
      assertThat(result.path("sink").asText()).isEqualTo(sink.name());
      assertThat(result.path("host").asText()).isEqualTo("127.0.0.1");
      assertThat(result.path("status").asInt()).isEqualTo(202);
      assertThat(result.path("headers").path("Content-Type").asText()).isEqualTo("text/plain");
      assertThat(result.path("body").asText()).isEqualTo("thanks");
    }
  }

  /** The result of the event's one delivery, as an operator sees it. */
  private JsonNode result(UUID event) throws Exception {
    JsonNode delivery = Api.of(hub).get("/api/v1/events/" + event).json().at("/deliveries/0");
    return new ObjectMapper().readTree(delivery.path("result").asText());
  }

  @Test
  void twoSecretsMakeTwoSignaturesAndAnExpiredOneNone() throws Exception {
    String expired = "whsec_" + Base64.getEncoder().encodeToString("x".repeat(24).getBytes());
    try (Partner partner = Partner.start().answer(200);
        TestSink sink =
            TestSink.of(partner)
                .set(
                    "secrets",
                    "%s@2020-01-01T00:00:00Z|%s@2999-01-01T00:00:00Z|whsec_%s"
                        .formatted(expired, TestSink.SECRET, TestSink.OTHER_KEY));
        TestHandler handler = sink.handler(NOTHING)) {
      handler.awaitState(handler.send(), "done");
      Partner.Post post = partner.posts().getFirst();
      assertThat(post.header("Webhook-signature").split(" ", -1))
          .containsExactly(signature(post, TestSink.KEY), signature(post, TestSink.OTHER_KEY));
    }
  }

  @Test
  void theReceiverGetsTheHeadersOfTheSinkAndNoneOfTheCaller() throws Exception {
    try (Partner partner = Partner.start().answer(200);
        TestSink sink =
            TestSink.of(partner)
                .set("headers", "Authorization: Bearer of-the-partner")
                .with("headers", "X-Partner: serai|authorization: from the route")
                .with("contentType", "application/cloudevents+json");
        TestHandler handler =
            sink.handler(
                exchange -> {
                  exchange.getMessage().setHeader("Authorization", "Bearer of-the-caller");
                  exchange.getMessage().setHeader("Cookie", "session=1");
                  exchange.getMessage().setHeader("X-Secret", "1");
                  exchange.getMessage().setHeader(Exchange.HTTP_URI, "http://127.0.0.1:1/other");
                  exchange.getMessage().setHeader(Exchange.HTTP_PATH, "/other");
                  exchange.getMessage().setHeader(Exchange.HTTP_QUERY, "a=b");
                  exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "DELETE");
                })) {
      handler.awaitState(handler.send(), "done");
      Partner.Post post = partner.posts().getFirst();
      assertThat(post.uri()).isEqualTo("/hooks");
      assertThat(post.header("Content-type")).isEqualTo("application/cloudevents+json");
      assertThat(post.header("Authorization")).isEqualTo("Bearer of-the-partner");
      assertThat(post.header("X-partner")).isEqualTo("serai");
      assertThat(post.headers()).doesNotContainKeys("Cookie", "X-secret");
      assertThat(post.headers().keySet()).noneMatch(name -> name.startsWith("Camel"));
    }
  }

  @Test
  void theCallerKeepsItsMessageButForTheBody() throws Exception {
    Set<String> left = new HashSet<>();
    List<Object> seen = new ArrayList<>();
    try (Partner partner =
            Partner.start()
                .answer(
                    200, "na\u00efve", "Content-Type", "text/plain; charset=utf-8", "X-Leak", "1");
        TestSink sink = TestSink.of(partner);
        TestHandler handler =
            sink.handler(
                exchange -> exchange.getMessage().setHeader("X-Mine", "kept"),
                exchange -> {
                  left.addAll(exchange.getMessage().getHeaders().keySet());
                  left.addAll(exchange.getProperties().keySet());
                  left.addAll(exchange.getVariables().keySet());
                  seen.add(exchange.getMessage().getBody());
                  seen.add(exchange.getVariable("serai.status"));
                  seen.add(exchange.getVariable("serai.headers", Map.class).get("Content-Type"));
                })) {
      handler.awaitState(handler.send(), "done");
      assertThat(seen).containsExactly("na\u00efve", 200, "text/plain; charset=utf-8");
      assertThat(left)
          .contains("X-Mine", "event", "serai.status", "serai.headers", "serai.result")
          .doesNotContain("X-Leak", "CamelCharsetName", "SeraiHttpPost")
          .noneMatch(name -> name.startsWith("webhook-") || name.startsWith("CamelHttp"));
    }
  }

  @Test
  void aSecretThatTheReceiverEchoesIsNotKept() throws Exception {
    try (Partner partner =
            Partner.start()
                .answer(
                    exchange -> {
                      String echo =
                          exchange.getRequestURI()
                              + " "
                              + exchange.getRequestHeaders().getFirst("Authorization");
                      exchange.sendResponseHeaders(200, echo.length());
                      exchange.getResponseBody().write(echo.getBytes(StandardCharsets.UTF_8));
                    });
        TestSink sink =
            TestSink.of(partner)
                .set("url", partner.url() + "?token=of-the-url")
                .set("headers", "Authorization: Bearer of-the-header");
        TestHandler handler = sink.handler(NOTHING)) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(partner.posts().getFirst().uri()).isEqualTo("/hooks?token=of-the-url");
      assertThat(result(event).path("body").asText()).isEqualTo("/hooks?*** ***");
    }
  }

  @Test
  void whatIsLongerThanTheCapIsLeftUnread() throws Exception {
    try (Partner partner = Partner.start().endless();
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.handler(NOTHING)) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(result(event).path("body").asText()).startsWith("more more ").hasSize(16 * 1024);
    }
  }

  @Test
  void whatIsHandledInATransactionTellsItsResultToo() throws Exception {
    try (Partner partner = Partner.start().answer(200, "in one");
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.prepared(NOTHING).with("transaction", true).handle(NOTHING)) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(result(event).path("body").asText()).isEqualTo("in one");
    }
  }

  @Test
  void cookiesAreForgottenAndTheConnectionIsKept() throws Exception {
    Set<Integer> ports = new HashSet<>();
    try (Partner partner =
            Partner.start()
                .answer(
                    exchange -> {
                      ports.add(exchange.getRemoteAddress().getPort());
                      exchange.getResponseHeaders().add("Set-Cookie", "session=1; Path=/");
                      exchange.sendResponseHeaders(204, -1);
                    });
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.handler(NOTHING)) {
      for (int i = 0; i < 3; i++) {
        handler.awaitState(handler.send(), "done");
      }
      assertThat(partner.posts())
          .hasSize(3)
          .allSatisfy(post -> assertThat(post.headers()).doesNotContainKey("Cookie"));
      assertThat(ports).hasSize(1);
    }
  }

  @Test
  void aRouteMaySayTheIdAndLeaveTheSignatureAway() throws Exception {
    try (Partner partner = Partner.start().answer(200);
        TestSink sink =
            TestSink.unknown()
                .with("url", partner.url())
                .with("sign", "none")
                .with("id", "${variable.event[id]}-${variable.event[attempt]}");
        TestHandler handler = sink.handler(NOTHING)) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(partner.posts().getFirst().header("Webhook-id")).isEqualTo(event + "-1");
      assertThat(partner.posts().getFirst().headers()).doesNotContainKey("Webhook-signature");
    }
  }

  @Test
  void aRouteThatIsTakenAwayLeavesTheOthersTheirConnections() throws Exception {
    try (Partner partner = Partner.start().answer(200);
        TestSink sink = TestSink.of(partner);
        TestHandler stays = sink.handler(NOTHING)) {
      try (TestHandler goes = sink.handler(NOTHING)) {
        goes.awaitState(goes.send(), "done");
      }
      stays.awaitState(stays.send(), "done");
      await().until(() -> partner.posts().size() == 2);
    }
  }
}
