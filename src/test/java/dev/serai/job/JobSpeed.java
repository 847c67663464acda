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
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntSupplier;
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
        Instant slot = soon();
        declare(handler.id(), slot, round);
        await().atMost(Duration.ofSeconds(30)).until(() -> late.size() == JOBS);
        List<Long> sorted = new ArrayList<>(late);
        Collections.sort(sorted);
        System.out.printf(
            Locale.ROOT,
            "%s: %s jobs due at once begin after p50 %s, p99 %s, at most %s ms%n",
            round == 0 ? "warm-up" : "round " + round,
            JOBS,
            sorted.get(JOBS / 2),
            sorted.get(JOBS * 99 / 100),
            sorted.getLast());
      }
    }
  }

  /** How many end a second, from the moment at which all are due? Beside db-scheduler, in turns. */
  @Test
  void throughput() throws Exception {
    try (var handler =
            TestHandler.of(hub)
                .with("types", "job.speed.*")
                .with("sources", "job")
                .with("concurrency", DbScheduler.THREADS)
                .handle(exchange -> {});
        DbScheduler other = new DbScheduler(hub)) {
      for (int round = 0; round <= 5; round++) {
        int before = handler.log().count(handler.id(), "done");
        Instant slot = soon();
        declare(handler.id(), slot, 100 + round);
        report("Serai", slot, () -> handler.log().count(handler.id(), "done") - before);
        for (boolean lockAndFetch : new boolean[] {true, false}) {
          Instant due = soon();
          try (var run = other.schedule(JOBS, due, lockAndFetch)) {
            report(run.name(), due, run::ended);
          }
        }
      }
    }
  }

  /** What do schedules cost that are not due? Processor time of hub, PostgreSQL and Redis. */
  @Test
  void idle() throws Exception {
    try (var handler =
        TestHandler.of(hub)
            .with("types", "job.speed.*")
            .with("sources", "job")
            .handle(exchange -> {})) {
      for (int round = 0; round <= 3; round++) {
        double without = share();
        declare(handler.id(), now().plus(Duration.ofDays(300)), 200 + round);
        hub.database()
            .sql(
                """
                update serai.job set declared_at = now() + interval '1 day',
                  expected_at = now() + interval '300 days' where name like 'speed.%'
                """)
            .update();
        double with = share();
        hub.database().sql("delete from serai.job where name like 'speed.%'").update();
        System.out.printf(
            Locale.ROOT,
            "%s: idle %.2f %% of one processor, with %s schedules %.2f %%%n",
            round == 0 ? "warm-up" : "round " + round,
            without * 100,
            JOBS,
            with * 100);
      }
    }
  }

  /** The share of a processor that the hub and its servers take for half a minute. */
  private static double share() {
    Duration wait = Duration.ofSeconds(30);
    Duration before = processorTime();
    await().pollDelay(wait).atMost(wait.plusSeconds(10)).until(() -> true);
    return (double) processorTime().minus(before).toMillis() / wait.toMillis();
  }

  private static Duration processorTime() {
    long self = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.pid() == self
                    || process
                        .info()
                        .command()
                        .filter(command -> command.matches(".*/(postgres|redis-server[^/]*)"))
                        .isPresent())
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private Instant soon() {
    return now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(4);
  }

  private void report(String name, Instant slot, IntSupplier ended) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofMinutes(2))
        .until(() -> ended.getAsInt() == JOBS);
    double seconds = Duration.between(slot, now()).toMillis() / 1e3;
    System.out.printf(
        Locale.ROOT,
        "%s: %s jobs due at once have ended after %.2f s, %.0f/s%n",
        name,
        JOBS,
        seconds,
        JOBS / seconds);
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
