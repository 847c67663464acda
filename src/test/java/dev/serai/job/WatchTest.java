package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.Metrics;
import dev.serai.TestHub;
import dev.serai.event.LogTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who is told when a job does not do what it should, and when it does again? */
@EngineTurn
class WatchTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void aJobThatFailsIsOverdueUntilARunSucceeds() throws Exception {
    var broken = new AtomicBoolean(true);
    try (var job =
        TestJob.of(hub)
            .with("every", "1s")
            .with("retries", 0)
            .with("successWithin", "1s")
            .handle(
                exchange -> {
                  if (broken.get()) {
                    throw new IllegalStateException("of a test");
                  }
                })) {
      awaitAlerts(job, "overdue");
      assertThat(Metrics.of(hub).value("serai_job_alert", "job", job.name(), "cause", "overdue"))
          .isEqualTo(1);
      assertThat(alerts(job).getFirst().path("detail").asText()).contains("never");
      look();
      broken.set(false);
      awaitAlerts(job);
      assertThat(Metrics.of(hub).all("serai_job_alert", "job", job.name())).isEmpty();
      assertThat(told(job)).containsExactly("raised overdue null", "ended overdue succeeded");
    }
  }

  @Test
  void aJobThatSucceedsIsNeverOverdue() throws Exception {
    try (var job =
        TestJob.of(hub).with("every", "1s").with("successWithin", "3s").handle(exchange -> {})) {
      Instant then = job.now().plusSeconds(6);
      await()
          .until(
              () -> {
                look();
                assertThat(alerts(job)).isEmpty();
                return job.now().isAfter(then);
              });
      assertThat(told(job)).isEmpty();
    }
  }

  @Test
  void slotsThatNoHubWasThereForAreMissedUntilARunSucceeds() throws Exception {
    var goOn = new CountDownLatch(1);
    try (var job =
        TestJob.of(hub)
            .with("every", "10m")
            .with("catchUp", "once")
            .handle(exchange -> goOn.await())) {
      job.wasAway(Duration.ofHours(3));
      await().until(() -> job.next().isAfter(job.now()));
      assertThat(alerts(job).getFirst().path("detail").asText())
          .matches(".*; 1 slots are caught up, 1[67] are given up");
      goOn.countDown();
      awaitAlerts(job);
      assertThat(told(job)).hasSize(2).last().isEqualTo("ended missed succeeded");
    }
  }

  @Test
  void aSlotThatNobodyTakesIsMissed() throws Exception {
    try (var job = TestJob.of(hub).with("every", "10m").handle(exchange -> {})) {
      hub.database()
          .sql(
              """
              update serai.job set next_at = now() - interval '2 minutes',
                declared_at = now() - interval '1 minute' where name = :name
              """)
          .param("name", job.name())
          .update();
      look();
      assertThat(alerts(job).getFirst().path("detail").asText())
          .startsWith("No hub has made a run");
    }
  }

  @Test
  void aRunThatWaitsIsLateUntilItBegins() throws Exception {
    var goOn = new CountDownLatch(1);
    try (var job =
        TestJob.of(hub)
            .with("overlap", "queue-all")
            .with("successWithin", "0s")
            .handle(exchange -> goOn.await())) {
      job.run(Map.of());
      UUID second = job.run(Map.of());
      hub.database()
          .sql("update serai.run set slot = slot - interval '2 minutes' where event_id = :id")
          .param("id", second)
          .update();
      awaitAlerts(job, "late");
      goOn.countDown();
      job.await(second, "done");
      awaitAlerts(job);
      assertThat(told(job)).hasSize(2).last().isEqualTo("ended late begun");
    }
  }

  @Test
  void aRunThatHasBegunLateIsToldEvenIfNobodySawItWait() throws Exception {
    try (var job = TestJob.of(hub).with("every", "1h").handle(exchange -> {})) {
      hub.bean(LogTransaction.class)
          .execute(
              log -> {
                Job known = hub.bean(JobRows.class).lock(job.name()).orElseThrow();
                Instant slot = job.now().minusSeconds(120);
                NewRun run = NewRun.of(known, slot, RunKind.SCHEDULED);
                return hub.bean(NewRuns.class).make(List.of(run), job.now(), log);
              });
      await().until(() -> told(job).stream().anyMatch(event -> event.startsWith("raised late")));
    }
  }

  @Test
  void nothingIsExpectedOfAJobThatIsPaused() throws Exception {
    try (var job =
        TestJob.of(hub)
            .with("every", "1s")
            .with("retries", 0)
            .with("successWithin", "1s")
            .handle(
                exchange -> {
                  throw new IllegalStateException("of a test");
                })) {
      awaitAlerts(job, "overdue");
      hub.bean(JobControl.class).pause(job.name(), "of a test");
      awaitAlerts(job);
      assertThat(told(job)).last().isEqualTo("ended overdue paused");
    }
  }

  /** Two hubs may look at once. */
  @Test
  void anAlertIsToldOnce() throws Exception {
    try (var job = TestJob.of(hub).with("every", "1h").handle(exchange -> {})) {
      hub.database()
          .sql("update serai.job set expected_at = now() - interval '1 hour' where name = :name")
          .param("name", job.name())
          .update();
      List<Thread> looks =
          Stream.generate(() -> Thread.ofVirtual().unstarted(this::look)).limit(8).toList();
      looks.forEach(Thread::start);
      for (Thread look : looks) {
        look.join();
      }
      assertThat(told(job)).containsExactly("raised overdue null");
    }
  }

  private void look() {
    hub.bean(Watch.class).look();
  }

  private void awaitAlerts(TestJob job, String... causes) {
    await()
        .until(
            () -> {
              look();
              return alerts(job).stream().map(alert -> alert.path("cause").asText()).toList();
            },
            List.of(causes)::equals);
  }

  private List<JsonNode> alerts(TestJob job) throws Exception {
    return Api.of(hub)
        .get("/api/v1/jobs/" + job.name())
        .json()
        .path("alerts")
        .valueStream()
        .toList();
  }

  private List<String> told(TestJob job) {
    return hub.database()
        .sql(
            """
            select substr(type, 11) || ' ' || (convert_from(body, 'UTF8')::jsonb ->> 'cause') || ' '
              || coalesce(convert_from(body, 'UTF8')::jsonb ->> 'reason', 'null')
            from serai.event where type like 'job.alert.%' and subject = :job order by id
            """)
        .param("job", job.name())
        .query(String.class)
        .list();
  }
}
