package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of a slot while a run of the same job is open? */
@EngineTurn
class OverlapTest {

  private final TestHub hub = TestHub.engine();
  private final Semaphore gate = new Semaphore(0);
  private final List<UUID> handled = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();

  private TestJob job(String overlap) throws Exception {
    return TestJob.of(hub)
        .with("overlap", overlap)
        .with("concurrency", 4)
        .handle(
            exchange -> {
              running.incrementAndGet();
              try {
                gate.acquire();
                handled.add(
                    UUID.fromString(
                        String.valueOf(exchange.getVariable("event", Map.class).get("id"))));
              } finally {
                running.decrementAndGet();
              }
            });
  }

  private UUID begun(TestJob job) {
    UUID first = job.run(Map.of());
    job.await(first, "running");
    return first;
  }

  @Test
  void skipRecordsItAsSkipped() throws Exception {
    try (var job = job("skip")) {
      UUID first = begun(job);
      RunRecord second = job.run(job.run(Map.of()));
      assertThat(second.state()).isEqualTo("skipped");
      assertThat(second.cause()).isEqualTo("overlap");
      gate.release(2);
      job.await(first, "done");
      job.await(job.run(Map.of()), "done");
    }
  }

  @Test
  void queueOneLetsTheLastWait() throws Exception {
    try (var job = job("queue-one")) {
      UUID first = begun(job);
      UUID second = job.run(Map.of());
      UUID third = job.run(Map.of());
      assertThat(job.run(second).state()).isEqualTo("skipped");
      assertThat(job.run(second).cause()).isEqualTo("replaced");
      gate.release(2);
      job.await(third, "done");
      assertThat(handled).containsExactly(first, third);
    }
  }

  @Test
  void queueAllLetsAllWaitInOrder() throws Exception {
    try (var job = job("queue-all")) {
      List<UUID> runs = List.of(begun(job), job.run(Map.of()), job.run(Map.of()));
      assertThat(running).hasValue(1);
      gate.release(3);
      job.await(runs.getLast(), "done");
      assertThat(handled).isEqualTo(runs);
    }
  }

  @Test
  void cancelEndsTheOpenOne() throws Exception {
    try (var job = job("cancel")) {
      UUID first = begun(job);
      UUID second = job.run(Map.of());
      job.await(first, "cancelled");
      gate.release();
      job.await(second, "done");
      assertThat(handled).containsExactly(second);
    }
  }

  @Test
  void allowRunsThemSideBySide() throws Exception {
    try (var job = job("allow")) {
      List<UUID> runs = List.of(begun(job), job.run(Map.of()), job.run(Map.of()));
      await().until(() -> running.get() == 3);
      gate.release(3);
      runs.forEach(run -> job.await(run, "done"));
    }
  }
}
