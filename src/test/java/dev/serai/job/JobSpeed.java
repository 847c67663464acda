package dev.serai.job;

import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** How late do jobs begin of which many are due at once? {@code mvn test -Dtest=JobSpeed}. */
@EngineTurn
class JobSpeed {

  private static final int JOBS = Integer.getInteger("jobs", 1_000);

  private final TestHub hub = TestHub.engine();

  @Test
  void dueInOneSecond() throws Exception {
    ConcurrentLinkedQueue<Long> late = new ConcurrentLinkedQueue<>();
    try (var handler =
        TestHandler.of(hub)
            .with("types", "job.speed.*")
            .with("sources", "job")
            .with("concurrency", 32)
            .handle(
                exchange -> {
                  Instant slot = (Instant) exchange.getVariable("event", Map.class).get("time");
                  late.add(Duration.between(slot, now()).toMillis());
                })) {
      for (int round = 0; round <= 5; round++) {
        late.clear();
        Instant slot = now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(4);
        declare(handler.id(), slot, round);
        await().atMost(Duration.ofSeconds(30)).until(() -> late.size() == JOBS);
        List<Long> sorted = new ArrayList<>(late);
        Collections.sort(sorted);
        System.out.println(
            "%s: %s jobs due at once begin after p50 %s, p99 %s, at most %s ms"
                .formatted(
                    round == 0 ? "warm-up" : "round " + round,
                    JOBS,
                    sorted.get(JOBS / 2),
                    sorted.get(JOBS * 99 / 100),
                    sorted.getLast()));
      }
    }
  }

  private Instant now() {
    return hub.bean(Clock.class).instant();
  }

  private void declare(String route, Instant slot, int round) {
    hub.database()
        .sql(
            """
            insert into serai.job (name, subscription_id, definition, overlap, next_at, created_at,
              declared_at, changed_at)
            select 'speed.' || :round || '-' || n, s.id,
              jsonb_build_object('cron', '', 'zone', '', 'gap', '', 'overlapHour', '', 'every', '',
                'at', :at, 'catchUp', 'NONE', 'grace', 'PT1M', 'timeout', 'PT1M', 'priority', 0,
                'parameters', ''),
              'allow', :slot, :slot, :slot, :slot
            from generate_series(1, :jobs) as n, serai.subscription s where s.name = :route
            """)
        .param("round", round)
        .param("at", slot.toString())
        .param("slot", OffsetDateTime.ofInstant(slot, ZoneOffset.UTC))
        .param("jobs", JOBS)
        .param("route", route)
        .update();
  }
}
