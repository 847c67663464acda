package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.EngineTurn;
import dev.serai.ReplayApi;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What does a replay of very many events do to those that come in meanwhile?
 *
 * <p>Some, as a rule. {@code mvn test -Dtest=ReplayLoadTest -Dserai.replays=100000} is the soak,
 * which also holds the live events' 95th percentile to 10 % more than without a replay.
 */
@EngineTurn
class ReplayLoadTest {

  private static final int SOAK = 100_000;
  private static final int EVENTS = Integer.getInteger("serai.replays", 1_500);
  private static final int RATE = 500;

  /** Not in step with the replay's pages. */
  private static final int LIVE_MILLIS = 19;

  private final TestHub hub = TestHub.engine();
  private final ReplayApi replays = new ReplayApi(hub);

  @Test
  void liveEventsAreNotHeldUpAndTheRateIsKept() throws Exception {
    try (var old = TestHandler.of(hub).with("concurrency", 4).handle(exchange -> {});
        var live = TestHandler.of(hub).with("concurrency", 4).handle(exchange -> {});
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      append(old);
      List<UUID> events = new ArrayList<>();
      clock.scheduleAtFixedRate(
          () -> events.add(TestLog.of(hub).append(live.type())),
          0,
          LIVE_MILLIS,
          TimeUnit.MILLISECONDS);
      Duration baseline = Duration.ofSeconds(Math.clamp(EVENTS / 2_000, 3, 30));
      Instant begin = Instant.now();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Instant.now().isAfter(begin.plus(baseline)));

      String id = replays.start("{'type': '%s', 'rate': %s}".formatted(old.type(), RATE));
      Instant started = Instant.now();
      JsonNode replay =
          await()
              .atMost(Duration.ofSeconds(60 + 3L * EVENTS / RATE))
              .pollInterval(Duration.ofMillis(200))
              .until(() -> replays.show(id), r -> !r.path("state").asText().equals("running"));
      Instant ended = Instant.now();
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> Instant.now().isAfter(ended.plus(baseline)));
      clock.shutdown();
      await().until(() -> live.log().count(live.id(), "ready") == 0);

      double without = p95(live, "d.finished_at", begin, started, ended, false);
      double during = p95(live, "d.finished_at", begin, started, ended, true);
      double perSecond = EVENTS * 1_000.0 / Duration.between(started, ended).toMillis();
      System.out.printf(
          "Replay of %s events: %.0f/s; live events received to handled, p95: %.1f ms without,"
              + " %.1f ms during it; to their claim %.1f ms and %.1f ms%n",
          EVENTS,
          perSecond,
          without,
          during,
          p95(live, "d.claimed_at", begin, started, ended, false),
          p95(live, "d.claimed_at", begin, started, ended, true));
      assertThat(replay.path("replayed").asInt()).as(replay.toString()).isEqualTo(EVENTS);
      assertThat(perSecond).isLessThan(1.1 * RATE);
      assertThat(during).isLessThan(EVENTS >= SOAK ? 1.1 * without : 1_000);
    }
  }

  @Test
  void cancelStopsIt() throws Exception {
    try (var old = TestHandler.of(hub).handle(exchange -> {})) {
      append(old);
      String id = replays.start("{'type': '%s', 'rate': %s}".formatted(old.type(), RATE));
      await().until(() -> replays.show(id).path("replayed").asInt() > RATE / 2);

      Instant asked = Instant.now();
      replays.cancel(id);

      await().until(() -> Instant.now().isAfter(asked.plusSeconds(2)));
      var times = replays.replayedAt(old.type());
      Duration after = Duration.between(asked, times.getLast().toInstant());
      System.out.printf("The last delivery came %s ms after cancel%n", after.toMillis());
      assertThat(after).isLessThan(Duration.ofSeconds(1));
      assertThat(times.size()).isLessThan(EVENTS);
    }
  }

  private static void append(TestHandler handler) {
    int step = 100;
    for (int i = 0; i < EVENTS / step; i++) {
      handler.log().append(handler.type(), step);
    }
    await()
        .atMost(Duration.ofSeconds(60 + EVENTS / 100))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> handler.log().count(handler.id(), "done") == EVENTS);
  }

  /**
   * The 95th percentile, in milliseconds, from receipt to a later time, of what came in a phase.
   */
  private double p95(
      TestHandler handler,
      String until,
      Instant begin,
      Instant started,
      Instant ended,
      boolean during) {
    double[] latencies =
        hub
            .database()
            .sql(
                """
                select extract(epoch from %s - e.received_at) * 1000 as ms
                from serai.event e join serai.delivery d on d.event_id = e.id
                where e.type = :type and e.received_at >= :begin
                  and (e.received_at between :started and :ended) = :during
                """
                    .formatted(until))
            .param("type", handler.type())
            // Those of the first second warm it up.
            .param("begin", Times.utc(begin.plusSeconds(1)))
            .param("started", Times.utc(started))
            .param("ended", Times.utc(ended))
            .param("during", during)
            .query(Double.class)
            .stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    assertThat(latencies.length).isGreaterThan(20);
    return Arrays.stream(latencies)
        .skip((long) (0.95 * latencies.length))
        .findFirst()
        .orElseThrow();
  }
}
