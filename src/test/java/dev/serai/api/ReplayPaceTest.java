package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.ReplayApi;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.event.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How fast is a replay, whom does it wait for, and how soon does it stop? */
class ReplayPaceTest {

  private final TestHub hub = TestHub.shared();
  private final ReplayApi replays = new ReplayApi(hub);
  private volatile boolean hanging;

  @Test
  void theRateIsKept() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      ReplayApi.handled(handler, 150);

      replays.awaitHandled(
          replays.start("{'type': '%s', 'rate': 50}".formatted(handler.type())), handler);

      var times = replays.replayedAt(handler.type());
      assertThat(times).hasSize(150);
      // A second's worth, what a late step may catch up (0.2 s), and a step.
      for (int i = 0; i + 63 < times.size(); i++) {
        assertThat(Duration.between(times.get(i), times.get(i + 63)))
            .isGreaterThan(Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void cancelStopsItWithinASecond() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      ReplayApi.handled(handler, 300);
      String id = replays.start("{'type': '%s', 'rate': 50}".formatted(handler.type()));
      await().until(() -> replays.show(id).path("replayed").asInt() > 10);

      JsonNode cancelled = replays.cancel(id).json();

      Instant ended = Instant.parse(cancelled.path("ended_at").asText());
      assertThat(cancelled.path("state").asText()).isEqualTo("cancelled");
      assertThat(cancelled.path("replayed").asInt()).isLessThan(300);
      await().until(() -> Instant.now().isAfter(ended.plusSeconds(2)));
      var times = replays.replayedAt(handler.type());
      assertThat(times).hasSize(cancelled.path("replayed").asInt());
      assertThat(times.getLast().toInstant()).isBefore(ended.plusSeconds(1));
      assertThat(replays.cancel(id).status()).isEqualTo(200);
      assertThat(replays.show(id).path("state").asText()).isEqualTo("cancelled");
    }
  }

  @Test
  void itWaitsForHandlersThatCanNotKeepUp() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (var handler = TestHandler.of(hub).handle(exchange -> hang(end))) {
      ReplayApi.handled(handler, 150);
      hanging = true;

      String id = replays.start("{'type': '%s', 'rate': 100}".formatted(handler.type()));

      await().until(() -> replays.show(id).path("waiting_for").asText().equals(handler.id()));
      // The least that may wait, and a step.
      assertThat(replays.show(id).path("replayed").asInt()).isLessThan(80);
      end.countDown();
      JsonNode replay = replays.awaitHandled(id, handler);
      assertThat(replay.path("replayed").asInt()).isEqualTo(150);
      assertThat(replay.has("waiting_for")).isFalse();
    }
  }

  @Test
  void itDoesNotWaitForAPausedSubscription() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      ReplayApi.handled(handler, 150);
      hub.bean(Subscriptions.class).pause(handler.id(), "a test");

      String id = replays.start("{'type': '%s', 'rate': 100}".formatted(handler.type()));

      assertThat(replays.awaitEnd(id).path("replayed").asInt()).isEqualTo(150);
      hub.bean(Subscriptions.class).resume(handler.id());
      replays.awaitHandled(id, handler);
    }
  }

  private void hang(CountDownLatch end) throws InterruptedException {
    if (hanging) {
      end.await();
    }
  }
}
