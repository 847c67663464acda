package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Where is it, and can it be done again? */
class ApiTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final String mark = "t" + UUID.randomUUID().toString().replace("-", "");

  @Test
  void anAppendedEventIsFoundByEveryFilterAndByNoOther() throws Exception {
    String id = append("\"source\":\"src\",\"key\":\"k\",\"workspace\":\"w\",\"data\":{\"a\":[1]}");
    String type = "type=test." + mark;
    JsonNode event = api.get("/api/v1/events/" + id).json();

    assertThat(event.path("key").asText()).isEqualTo("k" + mark);
    assertThat(event.path("hops").asInt(-1)).isZero();
    assertThat(api.get("/api/v1/events/" + id + "/body").text()).isEqualTo("{\"a\":[1]}");
    for (String filter :
        List.of(
            type,
            "key=k" + mark,
            "workspace=w" + mark,
            type + "&source=src" + mark,
            type + "&from=2020-01-01T00:00:00Z&to=2999-01-01T00:00:00%2B05:30")) {
      assertThat(ids("?" + filter)).as(filter).containsExactly(id);
    }
    for (String filter :
        List.of("source=other", "state=dead", "to=2020-01-01T00:00:00Z", "workspace=other")) {
      assertThat(ids("?" + type + "&" + filter)).as(filter).isEmpty();
    }
  }

  @Test
  void pagesHoldEveryEventOnceTheNewestFirst() throws Exception {
    List<String> appended = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      appended.add(append("\"key\":\"%s\"".formatted(i)));
    }
    List<String> listed = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page =
          api.get("/api/v1/events?limit=2&type=test.%s%s".formatted(mark, cursor)).json();
      page.path("events").forEach(event -> listed.add(event.path("id").asText()));
      cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
      pages++;
    } while (!cursor.isEmpty());

    assertThat(pages).isEqualTo(3);
    Collections.reverse(appended);
    assertThat(listed).isEqualTo(appended);
  }

  @Test
  void aReplayDeliversAgain() throws Exception {
    try (var routes = hub.routes(handler("replayed", ""))) {
      String id = append("\"data\":1");
      done(id, "replayed", 0);

      JsonNode replay = api.post("/api/v1/events/" + id + "/replay", "").json();
      assertThat(replay.at("/deliveries/0/subscription").asText()).isEqualTo("replayed-" + mark);
      done(id, "replayed", 1);
      api.post("/api/v1/events/" + id + "/replay?subscription=replayed-" + mark, "");
      done(id, "replayed", 2);
      assertThat(api.post("/api/v1/events/" + id + "/replay?subscription=nobody", "").status())
          .isEqualTo(404);
    }
  }

  @Test
  void aPausedSubscriptionLetsItsDeliveriesWait() throws Exception {
    try (var routes = hub.routes(handler("paused", ""))) {
      String path = "/api/v1/subscriptions/paused-" + mark;
      assertThat(api.post(path + "/pause?reason=for%20a%20test", "").json().path("state").asText())
          .isEqualTo("paused");
      assertThat(api.post(path + "/pause", "").json().path("changed").asBoolean()).isFalse();
      String id = waiting();
      JsonNode shown = subscription("paused");
      assertThat(shown.path("state").asText()).isEqualTo("paused");
      assertThat(shown.path("reason").asText()).isEqualTo("for a test");
      assertThat(shown.path("open").asInt()).isPositive();

      api.post(path + "/resume", "");
      done(id, "paused", 0);
      assertThat(subscription("paused").path("state").asText()).isEqualTo("active");
      assertThat(api.post("/api/v1/subscriptions/nobody/pause", "").status()).isEqualTo(404);
    }
  }

  @Test
  void aDeadLetterShowsWhyAndIsTriedAgain() throws Exception {
    try (var routes = hub.routes(handler("dead", "retries: 0"))) {
      String id = append("\"data\":{\"fail\":true}");
      JsonNode letter =
          await()
              .until(
                  () ->
                      api.get("/api/v1/dead-letters?subscription=dead-" + mark)
                          .json()
                          .path("dead_letters")
                          .path(0),
                  found -> !found.isMissingNode());
      assertThat(letter.path("event_id").asText()).isEqualTo(id);
      assertThat(letter.path("cause").asText()).isNotEmpty();
      assertThat(ids("?state=dead&type=test." + mark)).containsExactly(id);

      String path = "/api/v1/dead-letters/%s/dead-%s/retry".formatted(id, mark);
      assertThat(api.post(path, "").json().path("state").asText()).isEqualTo("ready");
      await()
          .untilAsserted(
              () -> {
                JsonNode delivery = api.get("/api/v1/events/" + id).json().at("/deliveries/0");
                assertThat(delivery.path("state").asText()).isEqualTo("dead");
                assertThat(delivery.path("replays").asInt()).isEqualTo(1);
                assertThat(delivery.path("failed_attempts").size()).isEqualTo(2);
                assertThat(delivery.at("/failed_attempts/0/detail").asText()).contains(mark);
              });
    }
  }

  /** Hubs hear of a pause within a second; the first event that then waits for long. */
  private String waiting() {
    List<String> appended = new ArrayList<>();
    await()
        .pollInterval(Duration.ofMillis(400))
        .until(
            () -> {
              appended.add(append("\"key\":\"%s\"".formatted(appended.size())));
              String before = appended.get(Math.max(0, appended.size() - 2));
              return appended.size() > 1
                  && api.get("/api/v1/events/" + before)
                      .json()
                      .at("/deliveries/0/state")
                      .asText()
                      .equals("ready");
            });
    return appended.getLast();
  }

  private String append(String more) throws Exception {
    String members = more.replaceAll("(\"(?:source|key|workspace)\":\"\\w+)\"", "$1" + mark + "\"");
    Api.Answer answer =
        api.post("/api/v1/events", "{\"type\":\"test.%s\",%s}".formatted(mark, members));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("id").asText();
  }

  private List<String> ids(String query) throws Exception {
    List<String> ids = new ArrayList<>();
    api.get("/api/v1/events" + query)
        .json()
        .path("events")
        .forEach(event -> ids.add(event.path("id").asText()));
    return ids;
  }

  private JsonNode subscription(String name) throws Exception {
    for (JsonNode one : api.get("/api/v1/subscriptions").json().path("subscriptions")) {
      if (one.path("name").asText().equals(name + "-" + mark)) {
        return one;
      }
    }
    throw new AssertionError("There is no " + name);
  }

  private void done(String id, String subscription, int replays) {
    await()
        .untilAsserted(
            () -> {
              JsonNode delivery = api.get("/api/v1/events/" + id).json().at("/deliveries/0");
              assertThat(delivery.path("subscription").asText()).startsWith(subscription);
              assertThat(delivery.path("state").asText()).isEqualTo("done");
              assertThat(delivery.path("replays").asInt()).isEqualTo(replays);
            });
  }

  /** Handles what comes; what is to fail does. */
  private String handler(String name, String more) {
    return """
    - route:
        id: %s-%s
        from:
          uri: event
          parameters:
            types: test.%s
            concurrency: 1
            %s
          steps:
            - filter:
                expression:
                  simple:
                    expression: "${bodyAs(String)} contains 'fail'"
                steps:
                  - throwException:
                      exceptionType: java.lang.IllegalStateException
                      message: it failed %s
    """
        .formatted(name, mark, mark, more, mark);
  }
}
