package dev.serai.analytics;

import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.job.JobControl;
import dev.serai.job.Reprocess;
import dev.serai.job.RunRecord;
import dev.serai.job.RunTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A hub with a database of its own whose facts are those of {@link Facts}. */
final class AnalyticsHub {

  /** Held by the tests that use it: they take turns. */
  static final String TURN = "analytics hub";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final TestHub hub = TestHub.start(Map.of());
  private final Facts facts = Facts.generated(20261121);

  private AnalyticsHub() {
    facts.record(hub.database());
  }

  private static final class Shared {
    private static final AnalyticsHub HUB = new AnalyticsHub();
  }

  static AnalyticsHub shared() {
    return Shared.HUB;
  }

  TestHub hub() {
    return hub;
  }

  JdbcClient database() {
    return hub.database();
  }

  /** What was recorded before any test. */
  Facts facts() {
    return facts;
  }

  UUID begin(String job, Map<String, ?> parameters) {
    return hub.bean(JobControl.class).run(job, parameters, null, "test");
  }

  /** A whole run; it must end well. */
  RunRecord run(String job, Map<String, ?> parameters) {
    return done(begin(job, parameters));
  }

  /** Runs all slots of a time, one after the other. */
  List<RunRecord> backfill(String job, String from, String to) {
    return hub
        .bean(JobControl.class)
        .backfill(
            job, Instant.parse(from), Instant.parse(to), Reprocess.ALL, Map.of(), false, "test")
        .runs()
        .stream()
        .map(this::done)
        .toList();
  }

  RunRecord done(UUID run) {
    RunRecord ended = ended(run);
    if (!ended.state().equals("done")) {
      throw new AssertionError(String.valueOf(ended));
    }
    return ended;
  }

  RunRecord ended(UUID run) {
    int failed = record(run).cause() == null ? 0 : record(run).attempts();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              RunRecord now = record(run);
              // One that fails now is not waited for.
              return !List.of("ready", "running").contains(now.state())
                  || now.state().equals("ready") && now.attempts() > failed;
            });
    return record(run);
  }

  RunRecord record(UUID run) {
    return hub.bean(RunTable.class).run(run);
  }

  /** Makes the next attempt due, as if time had passed. */
  void later(UUID run) {
    database()
        .sql("update serai.delivery set due_at = now() where event_id = ? and state = 'ready'")
        .param(run)
        .update();
  }

  /** Every row of a query, as text. */
  List<String> rows(String query, Object... parameters) {
    return database()
        .sql("select to_jsonb(r)::text from (%s) as r".formatted(query))
        .params(parameters)
        .query(String.class)
        .list();
  }
}
