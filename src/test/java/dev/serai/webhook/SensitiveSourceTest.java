package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who can read what a sensitive source posts? */
class SensitiveSourceTest {

  private final TestHub hub = TestHub.shared();
  private final Api admin = Api.of(hub);
  private final String code = "code" + UUID.randomUUID().toString().replace("-", "");
  private final String key = "evt_" + UUID.randomUUID();
  private final Queue<String> handled = new ConcurrentLinkedQueue<>();
  private final List<TestHandler> handlers = new ArrayList<>();
  private SensitiveSource source;
  private Traces traces;

  @BeforeEach
  void open() throws Exception {
    source = SensitiveSource.of(hub);
    traces = new Traces(hub);
  }

  @AfterEach
  void close() throws Exception {
    for (TestHandler handler : handlers) {
      handler.close();
    }
    source.close();
    traces.close();
  }

  private TestHandler handler(Processor code) throws Exception {
    TestHandler handler =
        TestHandler.of(hub).with("types", source.type()).with("retries", 0).handle(code);
    handlers.add(handler);
    return handler;
  }

  private void assertNoTrace() {
    assertThat(traces.tables(code)).isEmpty();
    assertThat(traces.lines(code)).isEmpty();
  }

  @Test
  void itsHandlerCanAndNoTableHasIt() throws Exception {
    TestHandler handler =
        handler(
            exchange -> {
              handled.add(exchange.getMessage().getBody(String.class));
              exchange.setVariable("serai.result", "sent " + code);
            });
    String body = SensitiveSource.event(key, code);
    UUID event = source.event(body);

    handler.awaitState(event, "done");

    assertThat(handled).containsExactly(body);
    assertNoTrace();
    assertThat(admin.get("/api/v1/events/" + event).text())
        .contains("\"sensitive\":true")
        .doesNotContain(code);
    assertThat(traces.tables(key)).as("what is searched").contains("serai.event_key");
  }

  @Test
  void whatAFailureQuotesIsNotKept() throws Exception {
    TestHandler own =
        handler(
            exchange -> {
              throw new IllegalStateException("can't send " + exchange.getMessage().getBody());
            });
    TestHandler sql =
        handler(
            exchange ->
                hub.database().sql("select :code::int").param("code", code).query().listOfRows());
    UUID event = source.event(SensitiveSource.event(key, code));

    assertThat(own.awaitState(event, "dead").cause()).isEqualTo("IllegalStateException");
    assertThat(sql.awaitState(event, "dead").cause()).isEqualTo("DataIntegrityViolationException");

    assertThat(own.attempts(event).getFirst().detail()).isEqualTo("IllegalStateException");
    assertThat(sql.attempts(event).getFirst().detail())
        .isEqualTo("DataIntegrityViolationException, because of PSQLException (SQL state 22P02)");
    await().untilAsserted(() -> assertThat(traces.lines(event.toString())).hasSize(2));
    assertNoTrace();
    assertThat(admin.get("/api/v1/events/" + event).text())
        .contains("SQL state")
        .doesNotContain(code);
    assertThat(admin.get("/api/v1/dead-letters?source=" + source.name()).text())
        .contains(event.toString())
        .doesNotContain(code);
  }

  @Test
  void refusalsCopiesAndContradictionsLeaveNoTrace() throws Exception {
    UUID event = source.event(SensitiveSource.event(key, code));
    JsonNode copy = source.accept(SensitiveSource.event(key, code).replace(",", ", "));
    JsonNode other = source.accept(SensitiveSource.event(key, code + "2"));
    assertThat(source.post(SensitiveSource.event(key, code), "whsec_guessed").statusCode())
        .isEqualTo(401);

    assertThat(copy.path("status").asText()).isEqualTo("duplicate");
    assertThat(copy.path("id").asText()).isEqualTo(event.toString());
    assertThat(other.path("status").asText()).isEqualTo("conflict");
    await()
        .untilAsserted(
            () ->
                assertThat(admin.get("/api/v1/refusals?source=" + source.name()).text())
                    .contains("signature_mismatch")
                    .doesNotContain(code));
    assertNoTrace();
    assertThat(admin.get("/api/v1/events/" + other.path("id").asText() + "/body").text())
        .isEqualTo(SensitiveSource.event(key, code + "2"));
  }

  @Test
  void whatIsMadeOfItIsAsSensitive() throws Exception {
    String type = TestLog.newType();
    TestHandler emitting =
        TestHandler.of(hub).with("types", source.type()).emit("type: " + type).handle(e -> {});
    handlers.add(emitting);
    TestHandler next =
        TestHandler.of(hub)
            .with("types", type)
            .handle(exchange -> handled.add(exchange.getMessage().getBody(String.class)));
    handlers.add(next);
    source.event(SensitiveSource.event(key, code));

    await().until(() -> next.log().count(next.id(), "done") == 1);

    assertThat(handled).containsExactly(SensitiveSource.event(key, code));
    assertNoTrace();
  }

  @Test
  void onlyAdminsGetTheBodyAndListingsDoNot() throws Exception {
    String body = SensitiveSource.event(key, code);
    UUID event = source.event(body);
    String path = "/api/v1/events/" + event + "/body";

    for (String smaller : List.of(TestHub.VIEWER_KEY, TestHub.OPERATOR_KEY)) {
      Api.Answer refused = new Api(hub.url(), smaller).get(path);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).contains("admin").doesNotContain(code);
    }
    assertThat(admin.get(path).text()).isEqualTo(body);
    assertThat(admin.post("/api/v1/events/" + event + "/signature", "").status()).isEqualTo(409);
    for (String listing : List.of("events?source=", "dead-letters?source=", "refusals?source=")) {
      assertThat(admin.get("/api/v1/" + listing + source.name()).text()).doesNotContain(code);
    }
    for (String listing : List.of("audit", "replays", "subscriptions", "sources", "routes")) {
      assertThat(admin.get("/api/v1/" + listing).text()).doesNotContain(code);
    }
  }

  @Test
  void anEditedBodyIsAsSensitiveAndABrokenOneIsNotQuoted() throws Exception {
    TestHandler handler =
        handler(
            exchange -> {
              if (!exchange.getMessage().getBody(String.class).contains("mended")) {
                throw new IllegalStateException();
              }
            });
    UUID event = source.event(SensitiveSource.event(key, code));
    handler.awaitState(event, "dead");
    String path = "/api/v1/dead-letters/%s/%s/edit".formatted(event, handler.id());

    assertThat(admin.post(path, code).status()).isEqualTo(400);
    UUID edited =
        UUID.fromString(
            admin.post(path, "{\"mended\":\"%s\"}".formatted(code)).json().path("event").asText());

    handler.awaitState(edited, "done");
    assertNoTrace();
  }

  @Test
  void aRouteThatFailsAtTheDoorDoesNotTellOfIt() throws Exception {
    Processor fails =
        exchange -> {
          throw new IllegalStateException("bad " + exchange.getMessage().getBody(String.class));
        };
    hub.camel().getRegistry().bind(code, Processor.class, fails);
    try (SensitiveSource failing =
        new SensitiveSource(hub, "process: {id: fails, ref: %s}".formatted(code))) {
      assertThat(failing.post(SensitiveSource.event(key, code)).statusCode()).isEqualTo(500);
      assertThat(traces.lines(failing.name())).anyMatch(line -> line.contains("IllegalState"));
      assertThat(traces.lines("bad {")).isEmpty();
    } finally {
      hub.camel().getRegistry().unbind(code);
    }
  }
}
