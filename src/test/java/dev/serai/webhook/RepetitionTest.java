package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What happens when an event comes again, the same or another under its id? */
@ResourceLock(DoorHub.TURN)
class RepetitionTest {

  private final TestHub hub = TestHub.shared();
  private final StripeSender stripe = StripeSender.to(hub);
  private final String key = "evt_" + UUID.randomUUID();
  private final String type = "again.t" + key.replaceAll("[^a-z0-9]", "");

  @Test
  void aCopyIsAcknowledgedAndCountedAndNotDeliveredAgain() throws Exception {
    try (var routes = hub.routes(handler("one"))) {
      JsonNode first = post(event(1));
      JsonNode second = post(event(1));

      assertThat(first.path("status").asText()).isEqualTo("accepted");
      assertThat(second.path("status").asText()).isEqualTo("duplicate");
      assertThat(second.path("id")).isEqualTo(first.path("id"));
      JsonNode event = handled(first.path("id").asText());
      assertThat(event.path("duplicates").asInt()).isEqualTo(1);
      assertThat(event.path("last_duplicate_at").asText()).isNotEmpty();
      assertThat(event.path("deliveries").size()).isEqualTo(1);
      assertThat(event.path("deliveries").get(0).path("attempts").asInt()).isEqualTo(1);
    }
  }

  @Test
  void aCopyThatDiffersInVolatileValuesIsACopy() throws Exception {
    post(event(1));
    String second =
        event(1)
            .replace("\"pending_webhooks\":1", "\"pending_webhooks\": 7")
            .replace("2025-03-31.basil", "2026-07-29.dahlia");

    assertThat(post(second).path("status").asText()).isEqualTo("duplicate");
  }

  @Test
  void anotherBodyUnderAKnownIdIsKeptOnceAndNeverDelivered() throws Exception {
    try (var routes = hub.routes(handler("conflict"))) {
      JsonNode first = post(event(1));
      JsonNode other = post(event(2));
      JsonNode copy = post(event(2));
      JsonNode third = post(event(3));

      assertThat(List.of(other, copy, third))
          .allMatch(answer -> answer.path("status").asText().equals("conflict"));
      assertThat(other.path("id")).isNotEqualTo(first.path("id")).isEqualTo(copy.path("id"));
      assertThat(third.path("id")).isNotEqualTo(other.path("id"));

      handled(first.path("id").asText());
      JsonNode kept = show(other.path("id").asText());
      assertThat(kept.path("conflict").asBoolean()).isTrue();
      assertThat(kept.path("duplicates").asInt()).isEqualTo(1);
      assertThat(kept.path("deliveries").isEmpty()).isTrue();
      assertThat(Api.of(hub).get("/api/v1/events/" + other.path("id").asText() + "/body").text())
          .isEqualTo(event(2));
      assertThat(
              Api.of(hub)
                  .get("/api/v1/events?state=conflict&type=stripe." + type)
                  .json()
                  .path("events")
                  .size())
          .isEqualTo(2);
    }
  }

  @Test
  void theSameIdOfAnotherSourceIsAnotherEvent() throws Exception {
    post(event(1));
    JsonNode other =
        Api.of(hub)
            .post(
                "/api/v1/events",
                "{\"type\":\"%s\",\"source\":\"other\",\"key\":\"%s\"}".formatted(type, key))
            .json();
    assertThat(other.path("status").asText()).isEqualTo("accepted");
    assertThat(Api.of(hub).get("/api/v1/events?key=" + key).json().path("events").size())
        .isEqualTo(2);
  }

  @Test
  void ofTwoHundredCopiesAtOnceOnTwoHubsOneIsAccepted() throws Exception {
    TestHub second = DoorHub.shared();
    try (var one = hub.routes(handler("first") + handler("second"));
        var two = second.routes(handler("first") + handler("second"))) {
      String body = event(1);
      List<HttpRequest> requests =
          List.of(stripe.request(body), StripeSender.to(second).request(body));
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      try (HttpClient client =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
        for (int i = 0; i < 200; i++) {
          answers.add(client.sendAsync(requests.get(i % 2), HttpResponse.BodyHandlers.ofString()));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
      }
      Map<String, Integer> statuses = new HashMap<>();
      Map<String, Integer> ids = new HashMap<>();
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        JsonNode json = new ObjectMapper().readTree(answer.join().body());
        statuses.merge(json.path("status").asText(), 1, Integer::sum);
        ids.merge(json.path("id").asText(), 1, Integer::sum);
      }
      assertThat(statuses).isEqualTo(Map.of("accepted", 1, "duplicate", 199));
      assertThat(ids).hasSize(1);
      JsonNode event = handled(ids.keySet().iterator().next());
      assertThat(event.path("duplicates").asInt()).isEqualTo(199);
      assertThat(event.path("deliveries").findValuesAsText("subscription"))
          .containsExactlyInAnyOrder("first-" + type, "second-" + type);
      assertThat(event.path("deliveries").findValuesAsText("attempts")).containsOnly("1");
    }
  }

  private String handler(String name) {
    return """
    - route:
        id: %s-%s
        from:
          uri: event
          parameters:
            types: stripe.%s
          steps:
            - log:
                message: handled
                loggingLevel: DEBUG
    """
        .formatted(name, type, type);
  }

  private String event(int amount) {
    // Copies are made in different seconds.
    return StripeSender.event(key, type, "{\"id\":\"x\",\"amount\":%s}".formatted(amount))
        .replaceAll("\"created\":\\d+", "\"created\":1760000000");
  }

  private JsonNode post(String body) throws Exception {
    HttpResponse<String> response = stripe.post(body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  private JsonNode show(String id) throws Exception {
    return Api.of(hub).get("/api/v1/events/" + id).json();
  }

  /** The event, once all its deliveries are done. */
  private JsonNode handled(String id) {
    return await()
        .until(
            () -> show(id),
            event ->
                !event.path("deliveries").isEmpty()
                    && event.path("deliveries").findValuesAsText("state").stream()
                        .allMatch("done"::equals));
  }
}
