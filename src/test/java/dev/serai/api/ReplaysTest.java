package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.ReplayApi;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What happens when many events are delivered again? */
class ReplaysTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final ReplayApi replays = new ReplayApi(hub);

  @Test
  void everyEventOfTheTypeIsHandledOnceMore() throws Exception {
    List<UUID> handled = Collections.synchronizedList(new ArrayList<>());
    try (var handler =
        TestHandler.of(hub).handle(exchange -> handled.add(TestHandler.eventId(exchange)))) {
      List<UUID> events = ReplayApi.handled(handler, 60);
      handled.clear();

      String id = replays.start("{'type': '%s', 'reason': 'a bug'}".formatted(handler.type()));

      JsonNode replay = replays.awaitHandled(id, handler);
      assertThat(handled).containsExactlyInAnyOrderElementsOf(events);
      assertThat(replay.path("total").asInt()).isEqualTo(60);
      assertThat(replay.path("matched").asInt()).isEqualTo(60);
      assertThat(replay.path("replayed").asInt()).isEqualTo(60);
      assertThat(replay.path("progress").asDouble()).isEqualTo(1.0);
      assertThat(replay.path("who").asText()).isNotEmpty();
      assertThat(replay.path("reason").asText()).isEqualTo("a bug");
      assertThat(replay.at("/filter/type").asText()).isEqualTo(handler.type());
      assertThat(replay.has("ended_at")).isTrue();
    }
  }

  @Test
  void eventsOfOneKeyAreHandledInTheirOrder() throws Exception {
    List<UUID> handled = Collections.synchronizedList(new ArrayList<>());
    try (var handler =
        TestHandler.of(hub)
            .with("orderBy", "subject")
            .handle(exchange -> handled.add(TestHandler.eventId(exchange)))) {
      List<UUID> events = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        events.add(handler.send("one"));
      }
      await().until(() -> handler.log().count(handler.id(), "done") == 20);
      handled.clear();

      replays.awaitHandled(replays.start("{'type': '%s'}".formatted(handler.type())), handler);

      assertThat(handled).isEqualTo(events);
    }
  }

  @Test
  void filtersNarrowIt() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      UUID one = handler.send("one");
      UUID two = handler.send("two");
      handler.awaitState(one, "done");
      handler.awaitState(two, "done");
      String now = Instant.now().plusSeconds(1).toString();
      String wild = handler.type().replaceFirst("^test\\.", "*.");
      for (String filter :
          List.of(
              "'type': '%s', 'subject': 'two'".formatted(wild),
              "'key': '%s'".formatted(key(two)),
              "'type': '%s', 'subject': 'two', 'source': 'test', 'state': 'done', 'to': '%s'"
                  .formatted(handler.type(), now))) {
        int before = handler.delivery(two).replays();
        replays.awaitHandled(replays.start("{%s}".formatted(filter)), handler);
        assertThat(handler.delivery(two).replays()).as(filter).isEqualTo(before + 1);
      }
      for (String filter :
          List.of("'source': 'other'", "'from': '%s'".formatted(now), "'state': 'dead'")) {
        String id = replays.start("{'type': '%s', %s}".formatted(handler.type(), filter));
        assertThat(replays.awaitEnd(id).path("replayed").asInt()).as(filter).isZero();
      }
      assertThat(handler.delivery(one).replays()).isZero();
    }
  }

  @Test
  void onlyTheSubscriptionNamedGetsThem() throws Exception {
    String type = TestLog.newType();
    try (var one = TestHandler.of(hub).with("types", type).handle(exchange -> {});
        var two = TestHandler.of(hub).with("types", type).handle(exchange -> {})) {
      UUID event = ReplayApi.handled(one, 1).getFirst();
      two.awaitState(event, "done");

      replays.awaitHandled(
          replays.start("{'type': '%s', 'subscription': '%s'}".formatted(type, one.id())), one);

      assertThat(one.delivery(event).replays()).isEqualTo(1);
      assertThat(two.delivery(event).replays()).isZero();
    }
  }

  @Test
  void aDryRunCountsAndDoesNothing() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      List<UUID> events = ReplayApi.handled(handler, 3);

      Api.Answer answer =
          api.post(
              "/api/v1/replays", "{\"type\":\"%s\",\"dryRun\":true}".formatted(handler.type()));

      assertThat(answer.status()).isEqualTo(200);
      JsonNode counts = answer.json();
      assertThat(counts.path("dry_run").asBoolean()).isTrue();
      assertThat(counts.path("events").asInt()).isEqualTo(3);
      assertThat(counts.at("/subscriptions/0/subscription").asText()).isEqualTo(handler.id());
      assertThat(counts.at("/subscriptions/0/type").asText()).isEqualTo(handler.type());
      assertThat(counts.at("/subscriptions/0/deliveries").asInt()).isEqualTo(3);
      assertThat(Instant.parse(counts.path("first_received_at").asText()))
          .isBeforeOrEqualTo(Instant.parse(counts.path("last_received_at").asText()));
      assertThat(handler.delivery(events.getFirst()).replays()).isZero();
      Api.Answer ofState =
          api.post(
              "/api/v1/replays",
              "{\"type\":\"%s\",\"state\":\"dead\",\"dry_run\":true}".formatted(handler.type()));
      assertThat(ofState.json().path("deliveries").asInt(-1)).isZero();
    }
  }

  @Test
  void whatIsBeingHandledIsLeftAloneAndCounted() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (var handler = TestHandler.of(hub).handle(exchange -> end.await())) {
      UUID event = handler.send();
      handler.awaitState(event, "running");

      String id = replays.start("{'type': '%s'}".formatted(handler.type()));

      assertThat(replays.awaitEnd(id).path("skipped").asInt()).isEqualTo(1);
      end.countDown();
      assertThat(handler.awaitState(event, "done").replays()).isZero();
    }
  }

  @Test
  void aFilterThatMatchesNothingIsDoneAtOnce() throws Exception {
    String id = replays.start("{'type': 'test.of.nothing'}");

    JsonNode replay = replays.awaitEnd(id);

    assertThat(replay.path("state").asText()).isEqualTo("done");
    assertThat(replay.path("matched").asInt(-1)).isZero();
  }

  @Test
  void theyAreListedPageByPageTheLatestFirst() throws Exception {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      started.addFirst(replays.start("{'type': 'test.of.pages'}"));
    }
    replays.awaitEnd(started.getFirst());
    JsonNode first = api.get("/api/v1/replays?limit=2").json();
    JsonNode second =
        api.get("/api/v1/replays?limit=1&cursor=" + first.path("next").asText()).json();

    assertThat(first.at("/replays/0/id").asText()).isEqualTo(started.get(0));
    assertThat(first.at("/replays/1/id").asText()).isEqualTo(started.get(1));
    assertThat(second.at("/replays/0/id").asText()).isEqualTo(started.get(2));
    assertThat(api.get("/api/v1/replays?state=failed").json().path("replays").toString())
        .doesNotContain(started.getFirst());
    assertThat(replays.cancel(started.getFirst()).status()).isEqualTo(409);
  }

  @Test
  void aReplayOfOneEventIsOnRecord() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      UUID event = ReplayApi.handled(handler, 1).getFirst();

      api.post("/api/v1/events/%s/replay?reason=asked".formatted(event), "");

      JsonNode record = api.get("/api/v1/replays?limit=20").json().path("replays");
      assertThat(record)
          .anySatisfy(
              replay -> {
                assertThat(replay.at("/filter/event").asText()).isEqualTo(event.toString());
                assertThat(replay.path("reason").asText()).isEqualTo("asked");
                assertThat(replay.path("state").asText()).isEqualTo("done");
              });
    }
  }

  private String key(UUID event) throws Exception {
    return api.get("/api/v1/events/" + event).json().path("key").asText();
  }
}
