package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.ReplayApi;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How are deliveries that were given up found and repaired? */
class DeadLettersTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final ReplayApi replays = new ReplayApi(hub);
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean broken = true;
  private TestHandler handler;

  @BeforeEach
  void aHandlerThatFails() throws Exception {
    handler = TestHandler.of(hub).with("retries", 0).handle(this::handle);
  }

  @AfterEach
  void close() throws Exception {
    handler.close();
  }

  private void handle(Exchange exchange) {
    bodies.add(exchange.getMessage().getBody(String.class));
    if (!broken || bodies.getLast().contains("right")) {
      return;
    }
    if ("state".equals(TestHandler.attribute(exchange, "subject"))) {
      throw new IllegalStateException("a bad state");
    }
    throw new IllegalArgumentException("a bad argument");
  }

  private UUID dead(String subject) {
    UUID event = handler.send(subject);
    handler.awaitState(event, "dead");
    return event;
  }

  @Test
  void theyAreListedByCauseAndPageByPage() throws Exception {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      events.addFirst(dead("argument").toString());
    }
    UUID other = dead("state");
    String of = "/api/v1/dead-letters?subscription=" + handler.id();

    JsonNode causes =
        api.get("/api/v1/dead-letters/causes?subscription=" + handler.id()).json().path("causes");
    assertThat(causes.size()).isEqualTo(2);
    assertThat(causes.at("/0/cause").asText()).isEqualTo("IllegalArgumentException");
    assertThat(causes.at("/0/count").asInt()).isEqualTo(3);
    assertThat(events(api.get(of + "&cause=IllegalStateException").json()))
        .containsExactly(other.toString());

    List<String> listed = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page =
          api.get(of + "&limit=2&cause=IllegalArgumentException&type=" + handler.type() + cursor)
              .json();
      listed.addAll(events(page));
      cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    assertThat(listed).isEqualTo(events);
    assertThat(events(api.get(of + "&to=2020-01-01T00:00:00Z").json())).isEmpty();
    assertThat(api.get(of).json().at("/dead_letters/0/detail").asText()).contains("a bad state");
  }

  @Test
  void thoseOfACauseAreTriedAgainAndNoOthers() throws Exception {
    UUID argument = dead("argument");
    UUID state = dead("state");
    broken = false;
    String filter =
        "'subscription': '%s', 'cause': 'IllegalStateException', 'from': '2020-01-01T00:00:00Z'"
            .formatted(handler.id());
    JsonNode dry =
        api.post(
                "/api/v1/dead-letters/retry",
                "{%s, 'dry_run': true}".formatted(filter).replace('\'', '"'))
            .json();
    assertThat(dry.path("deliveries").asInt()).isEqualTo(1);

    String id = replays.started("/api/v1/dead-letters/retry", "{%s}".formatted(filter));

    assertThat(replays.awaitHandled(id, handler).path("replayed").asInt()).isEqualTo(1);
    assertThat(handler.delivery(state).state()).isEqualTo("done");
    assertThat(handler.delivery(argument).state()).isEqualTo("dead");
  }

  @Test
  void onlyADeadOneIsTriedAgain() throws Exception {
    UUID event = dead("argument");
    broken = false;

    assertThat(post(event, "retry", "").json().path("state").asText()).isEqualTo("ready");
    handler.awaitState(event, "done");
    assertThat(post(event, "retry", "").status()).isEqualTo(404);
  }

  @Test
  void anEditedOneIsAnEventOfItsOwnForThisSubscriptionAlone() throws Exception {
    try (var other = TestHandler.of(hub).with("types", handler.type()).handle(exchange -> {})) {
      UUID event = dead("argument");
      other.awaitState(event, "done");

      Api.Answer answer = post(event, "edit?reason=a%20typo", "{\"is\":\"right\"}");

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      UUID edited = UUID.fromString(answer.json().path("event").asText());
      handler.awaitState(edited, "done");
      assertThat(bodies.getLast()).isEqualTo("{\"is\":\"right\"}");
      JsonNode shown = api.get("/api/v1/events/" + edited).json();
      assertThat(shown.path("causation_id").asText()).isEqualTo(event.toString());
      assertThat(shown.path("verified_by").asText()).startsWith("edited by ");
      assertThat(shown.path("type").asText()).isEqualTo(handler.type());
      assertThat(shown.path("source").asText()).isEqualTo("test");
      assertThat(shown.path("deliveries").size()).isEqualTo(1);
      JsonNode original = delivery(event);
      assertThat(original.path("state").asText()).isEqualTo("cancelled");
      assertThat(original.path("cause").asText()).isEqualTo("replaced");
      assertThat(original.path("replaced_by").asText()).isEqualTo(edited.toString());
      assertThat(original.path("result").asText()).contains("a typo");
      assertThat(post(event, "edit", "{}").status()).isEqualTo(404);
    }
  }

  @Test
  void anEditThatIsNoJsonIsRefusedAndChangesNothing() throws Exception {
    UUID event = dead("argument");

    for (String body : List.of("", "{", "right")) {
      assertThat(post(event, "edit", body).status()).as(body).isEqualTo(400);
    }
    assertThat(handler.delivery(event).state()).isEqualTo("dead");
  }

  @Test
  void aDiscardedOneLeavesTheListAndSaysWhy() throws Exception {
    UUID event = dead("argument");

    assertThat(post(event, "discard?reason=not%20ours", "").status()).isEqualTo(200);

    assertThat(events(api.get("/api/v1/dead-letters?subscription=" + handler.id()).json()))
        .isEmpty();
    assertThat(delivery(event).path("state").asText()).isEqualTo("cancelled");
    assertThat(delivery(event).path("cause").asText()).isEqualTo("discarded");
    assertThat(delivery(event).path("result").asText()).contains("not ours");
    Instant before = Instant.now();
    await().until(() -> Instant.now().isAfter(before));
    assertThat(handler.attempts(event)).hasSize(1);
  }

  private JsonNode delivery(UUID event) throws Exception {
    for (JsonNode one : api.get("/api/v1/events/" + event).json().path("deliveries")) {
      if (one.path("subscription").asText().equals(handler.id())) {
        return one;
      }
    }
    throw new AssertionError("There is no delivery of " + event);
  }

  private Api.Answer post(UUID event, String what, String body) throws Exception {
    return api.post("/api/v1/dead-letters/%s/%s/%s".formatted(event, handler.id(), what), body);
  }

  private static List<String> events(JsonNode page) {
    List<String> events = new ArrayList<>();
    page.path("dead_letters").forEach(letter -> events.add(letter.path("event_id").asText()));
    return events;
  }
}
