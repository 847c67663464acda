package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.TestHandler;
import dev.serai.TestLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What does a sink post, and what does it leave behind? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestSink.TURN)
class HttpPostTest {
  private static final Processor NOTHING = exchange -> {};

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

      JsonNode result = TestSink.result(event);
      assertThat(result.path("sink").asText()).isEqualTo(sink.name());
      assertThat(result.path("host").asText()).isEqualTo("127.0.0.1");
      assertThat(result.path("status").asInt()).isEqualTo(202);
      assertThat(result.path("headers").path("Content-Type").asText()).isEqualTo("text/plain");
      assertThat(result.path("body").asText()).isEqualTo("thanks");
    }
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
  void whatIsLongerThanTheCapIsLeftUnread() throws Exception {
    try (Partner partner = Partner.start().endless();
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.handler(NOTHING)) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(TestSink.result(event).path("body").asText())
          .startsWith("more more ")
          .hasSize(16 * 1024);
    }
  }

  @Test
  void whatIsHandledInATransactionTellsItsResultToo() throws Exception {
    try (Partner partner = Partner.start().answer(200, "in one");
        TestSink sink = TestSink.of(partner);
        TestHandler handler = sink.prepared(NOTHING).with("transaction", true).handle(NOTHING)) {
      UUID event = handler.send();
      handler.awaitState(event, "done");
      assertThat(TestSink.result(event).path("body").asText()).isEqualTo("in one");
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
