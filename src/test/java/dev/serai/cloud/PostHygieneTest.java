package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What of a post reaches nobody but those it is for? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestSink.TURN)
class PostHygieneTest {

  private static final Processor NOTHING = exchange -> {};

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
      assertThat(TestSink.result(event).path("body").asText()).isEqualTo("/hooks?*** ***");
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
}
