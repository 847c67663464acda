package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.TestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Runs of the hub's own jobs. */
public final class TestRuns {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestHub hub;

  private TestRuns(TestHub hub) {
    this.hub = hub;
  }

  public static TestRuns of(TestHub hub) {
    return new TestRuns(hub);
  }

  /** Asks for a run whose slot is now. */
  public UUID begin(String job, Map<String, ?> parameters) {
    return hub.bean(JobControl.class).run(job, parameters, null, "test");
  }

  /** A whole run that ends well. */
  public RunRecord run(String job, Map<String, ?> parameters) {
    return done(begin(job, parameters));
  }

  /** A run of the one slot of a job in this time, whether it has one or not. */
  public UUID backfill(String job, Instant from, Instant to) {
    List<UUID> runs =
        hub.bean(JobControl.class)
            .backfill(job, from, to, Reprocess.ALL, Map.of(), false, "test")
            .runs();
    assertThat(runs).hasSize(1);
    return runs.getFirst();
  }

  public RunRecord find(UUID run) {
    return hub.bean(RunTable.class).run(run);
  }

  public RunRecord ended(UUID run) {
    await().atMost(PATIENCE).until(() -> !List.of("ready", "running").contains(find(run).state()));
    return find(run);
  }

  public RunRecord done(UUID run) {
    RunRecord ended = ended(run);
    assertThat(ended.state()).as(() -> ended + " after " + attempts(run)).isEqualTo("done");
    return ended;
  }

  /** The first failed attempt of a run. */
  public TestLog.FailedAttempt failed(UUID run) {
    await().atMost(PATIENCE).until(() -> !attempts(run).isEmpty());
    return attempts(run).getFirst();
  }

  private List<TestLog.FailedAttempt> attempts(UUID run) {
    return TestLog.of(hub).attempts(run, "job-" + find(run).job());
  }

  /** Makes the next attempt due, as if time had passed. */
  public void later(UUID run) {
    hub.database()
        .sql("update serai.delivery set due_at = now() where event_id = ? and state = 'ready'")
        .param(run)
        .update();
  }

  public List<String> lines(UUID run) {
    return hub.bean(RunTable.class).lines(run, 0, 1_000).stream().map(RunTable.Line::line).toList();
  }
}
