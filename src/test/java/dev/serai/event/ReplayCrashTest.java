package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.EngineTurn;
import dev.serai.ReplayApi;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who goes on with a replay when the hub that is at it dies? */
@EngineTurn
class ReplayCrashTest {

  private static final int EVENTS = 250;

  private final TestHub hub = TestHub.engine();
  private final ReplayApi replays = new ReplayApi(hub);

  @Test
  void aPageThatIsCutOffIsMadeAgainAndNoEventTwice() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      ReplayApi.handled(handler, EVENTS);
      String id = replays.start("{'type': '%s', 'rate': 100}".formatted(handler.type()));
      AtomicInteger cut = new AtomicInteger();
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(30))
          .until(() -> cut.addAndGet(cutOff()) >= 3 || !running(id));

      JsonNode replay = replays.awaitHandled(id, handler);

      assertThat(cut.get()).isPositive();
      assertThat(replay.path("replayed").asInt()).isEqualTo(EVENTS);
      assertThat(replays.replays(handler.type())).hasSize(EVENTS).containsOnly(1);
    }
  }

  @Test
  void anotherHubGoesOnFromItsPosition() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      ReplayApi.handled(handler, EVENTS);
      String id;
      try (TestHub other = hub.another(Map.of())) {
        // While this hub is kept from it, only the other one can have begun.
        hub.bean(ReplayWorker.class).close();
        id = new ReplayApi(other).start("{'type': '%s', 'rate': 60}".formatted(handler.type()));
        await().until(() -> replays.show(id).path("replayed").asInt() > 20);
      }
      int done = replays.show(id).path("replayed").asInt();
      assertThat(done).isLessThan(EVENTS);
      try (TestHub third = hub.another(Map.of())) {
        assertThat(third.port()).isPositive();
        replays.awaitHandled(id, handler);
      }
      assertThat(replays.replays(handler.type())).hasSize(EVENTS).containsOnly(1);
    } finally {
      hub.bean(ReplayWorker.class).open();
    }
  }

  /** Ends the sessions that are in the middle of a page, as the death of their hub would. */
  private int cutOff() {
    return hub.database()
        .sql(
            """
            select count(pg_terminate_backend(pid)) from pg_stat_activity
            where application_name = 'serai-engine' and state <> 'idle'
              and pid in (select pid from pg_locks where mode = 'RowShareLock'
                and relation = 'serai.replay_pace'::regclass)
            """)
        .query(Integer.class)
        .single();
  }

  private boolean running(String id) throws Exception {
    return replays.show(id).path("state").asText().equals("running");
  }
}
