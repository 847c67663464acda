package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.ReplayApi;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.event.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens when a subscription is moved to another time? */
class SeekTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final ReplayApi replays = new ReplayApi(hub);

  @Test
  void backItGetsEverythingFromThenOnAgain() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      List<UUID> before = ReplayApi.handled(handler, 3);
      Instant time = Instant.now();
      await().until(() -> Instant.now().isAfter(time.plusMillis(5)));
      UUID after = handler.send();
      handler.awaitState(after, "done");
      assertThat(seek(handler, time + "&dry_run=true", 200).path("deliveries").asInt())
          .isEqualTo(1);

      JsonNode replay = seek(handler, time + "&rate=10&reason=again", 202);

      replays.awaitHandled(replay.path("id").asText(), handler);
      assertThat(replay.path("subscription").asText()).isEqualTo(handler.id());
      assertThat(replay.path("rate").asInt()).isEqualTo(10);
      assertThat(handler.delivery(after).replays()).isEqualTo(1);
      assertThat(handler.delivery(before.getLast()).replays()).isZero();
    }
  }

  @Test
  void toNowItSkipsWhatWaitsInSteps() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      hub.bean(Subscriptions.class).pause(handler.id(), "a test");
      int more = 1_100;
      handler.log().append(handler.type(), more);
      awaitPause(handler);
      int waiting = handler.log().count(handler.id(), "ready");
      assertThat(seek(handler, "now&dry_run=true", 200).path("skipped").asInt()).isEqualTo(waiting);

      JsonNode skip = seek(handler, "now&reason=too%20old", 202);

      JsonNode end = replays.awaitEnd(skip.path("id").asText());
      assertThat(end.path("state").asText()).isEqualTo("done");
      assertThat(end.path("kind").asText()).isEqualTo("backlog");
      assertThat(handler.log().count(handler.id(), "ready")).isZero();
      assertThat(handler.log().count(handler.id(), "skipped")).isEqualTo(waiting);
      assertThat(
              hub.database()
                  .sql("select distinct result from serai.delivery where result like '%too old'")
                  .query(String.class)
                  .single())
          .startsWith("Skipped by ");
    }
  }

  /** The lane hears of a pause within a second; what it has taken by then it handles. */
  private static void awaitPause(TestHandler handler) {
    var ready = new AtomicInteger(-1);
    await()
        .during(Duration.ofMillis(1_500))
        .until(
            () -> {
              int now = handler.log().count(handler.id(), "ready");
              return ready.getAndSet(now) == now;
            });
  }

  @Test
  void toATimeToComeItKeepsWhatIsDueLater() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      Instant now = Instant.now();
      UUID soon = delayed(handler, now.plusSeconds(600));
      UUID late = delayed(handler, now.plusSeconds(7_200));

      JsonNode skip = seek(handler, now.plusSeconds(3_600).toString(), 202);

      replays.awaitEnd(skip.path("id").asText());
      assertThat(handler.delivery(soon).state()).isEqualTo("skipped");
      assertThat(handler.delivery(late).state()).isEqualTo("ready");
    }
  }

  @Test
  void aTimeThatIsNoneIsNamed() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      assertThat(seek(handler, "noon", 400).path("detail").asText()).contains("'to'");
      String path = "/api/v1/subscriptions/%s/seek".formatted(handler.id());
      assertThat(api.post(path, "").json().path("detail").asText()).contains("'to'");
      assertThat(seek(handler, "2026-01-01T00:00:00Z&rate=0", 400).path("detail").asText())
          .contains("'rate'");
    }
  }

  private UUID delayed(TestHandler handler, Instant due) throws Exception {
    String event = "{\"type\":\"%s\",\"at\":\"%s\"}".formatted(handler.type(), due);
    return UUID.fromString(api.post("/api/v1/events", event).json().path("id").asText());
  }

  private JsonNode seek(TestHandler handler, String to, int status) throws Exception {
    Api.Answer answer =
        api.post("/api/v1/subscriptions/%s/seek?to=%s".formatted(handler.id(), to), "");
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return answer.json();
  }
}
