package dev.serai.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.job.RunRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How did an agent do on a day? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(AnalyticsHub.TURN)
class AgentPerformanceTest {

  private static final String JOB = "agent-performance";

  private final AnalyticsHub analytics = AnalyticsHub.shared();
  private final JdbcClient database = analytics.database();
  private final String workspace = "p" + UUID.randomUUID();

  @Test
  void everyNumberIsWhatTheExecutionsSay() {
    List<RunRecord> runs = analytics.backfill(JOB, "2026-12-30T00:00:00Z", "2027-01-06T00:00:00Z");
    assertThat(runs.getFirst().result())
        .matches("2026-12-29: \\d+ agents ran; \\d+ rows since 2026-12-26 are new or changed");
    assertThat(runs.getFirst().progress()).isEqualTo(100);

    // The days before the first slot are the three that might have had late facts.
    assertThat(generated("2026-12-26", "2027-01-04"))
        .isEqualTo(Performance.of(analytics.facts().all(), "2026-12-26", "2027-01-04"))
        .hasSizeGreaterThan(500);

    List<String> before = all();
    analytics.backfill(JOB, "2026-12-30T00:00:00Z", "2027-01-06T00:00:00Z");
    analytics.backfill(JOB, "2026-12-30T00:00:00Z", "2027-01-06T00:00:00Z");
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void percentilesLieBetweenTheTwoNearestDurations() {
    for (long ms : LongStream.rangeClosed(1, 100).map(n -> n * n).toArray()) {
      record("2026-07-01T00:00:00Z", ms);
    }
    record("2026-07-01T00:00:00Z", null);
    record("2026-07-02T00:00:00Z", null);
    analytics.run(JOB, Map.of("day", "2026-07-02"));

    // Of 100, the median is half-way from 50² to 51², the 99th is 99² and a hundredth of the way to
    // 100².
    assertThat(percentiles("2026-07-01")).isEqualTo("101 100 2550.50 9034.55 9802.99");
    assertThat(percentiles("2026-07-02")).isEqualTo("1 0");
  }

  @Test
  void ofOneAgentOnlyIfItIsNamed() {
    record("2026-07-04T00:00:00Z", 5L, "a");
    record("2026-07-04T00:00:00Z", 5L, "b");
    RunRecord run = analytics.run(JOB, Map.of("day", "2026-07-04", "agent", "b"));

    assertThat(run.result()).startsWith("2026-07-04: 1 agents ran; 1 rows since 2026-07-01");
    assertThat(own()).hasSize(1).first().asString().contains("\"agent\": \"b\"");
  }

  @Test
  void lateExecutionsOfTheLastDaysCount() {
    record("2026-07-06T12:00:00Z", 10L);
    analytics.run(JOB, Map.of("day", "2026-07-06"));
    record("2026-07-06T12:00:00Z", 20L);
    analytics.run(JOB, Map.of("day", "2026-07-10"));
    assertThat(percentiles("2026-07-06")).startsWith("1 1 10.00");

    analytics.run(JOB, Map.of("day", "2026-07-09"));
    assertThat(percentiles("2026-07-06")).startsWith("2 2 15.00");
  }

  @Test
  void whatWasCountedStaysWhenExecutionsAreDeleted() {
    record("2026-07-20T10:00:00Z", 10L);
    record("2026-07-20T23:59:59.999999Z", 30L);
    analytics.run(JOB, Map.of("day", "2026-07-20"));
    List<String> before = own();
    database
        .sql("delete from analytics.execution where workspace = ? and duration_ms = 10")
        .param(workspace)
        .update();

    analytics.run(JOB, Map.of("day", "2026-07-20"));
    assertThat(own()).isEqualTo(before);
  }

  @Test
  void aCostThatIsNoNumberIsLeftOutOfTheSum() {
    record("2026-07-25T10:00:00Z", 10L);
    database
        .sql("update analytics.execution set cost = 'NaN', currency = 'usd' where workspace = ?")
        .param(workspace)
        .update();

    analytics.run(JOB, Map.of("day", "2026-07-25"));
    assertThat(own()).first().asString().contains("\"costs\": {}");
  }

  /** More agents than fit in a step: the first have been written when one fails. */
  @Test
  void aRunThatFailsHalfWayIsRepeatedAndEndsAsIfItHadNot() {
    for (int number = 0; number < 300; number++) {
      record("2026-07-28T00:00:00Z", 7L, "a" + number);
    }
    database
        .sql(
            """
            create function public.stop() returns trigger language plpgsql as
            $$ begin raise exception 'half-way'; end $$;
            create trigger half_way before insert on analytics.agent_performance for each row
            when (new.agent = 'a99' and new.day = '2026-07-28') execute function public.stop()
            """)
        .update();
    UUID run = analytics.begin(JOB, Map.of("day", "2026-07-28"));
    await().until(() -> Objects.equals(analytics.record(run).cause(), "UncategorizedSQLException"));
    database
        .sql("drop trigger half_way on analytics.agent_performance; drop function public.stop()")
        .update();
    analytics.later(run);

    assertThat(analytics.done(run).attempts()).isGreaterThan(1);
    assertThat(own()).hasSize(300);
  }

  private void record(String at, Long ms) {
    record(at, ms, "a");
  }

  private void record(String at, Long ms, String agent) {
    Facts.record(
        database,
        List.of(
            new Fact.Execution(
                workspace, agent, "failed", Instant.parse(at), ms, 1L, 1L, null, null, null)));
  }

  private String percentiles(String day) {
    return database
        .sql(
            "select concat_ws(' ', executions, timed, p50_ms, p95_ms, p99_ms)"
                + " from analytics.agent_performance where workspace = ? and day = ?::date")
        .params(workspace, day)
        .query(String.class)
        .single();
  }

  private List<String> own() {
    return analytics.rows(
        "select * from analytics.agent_performance where workspace = ?", workspace);
  }

  private List<String> all() {
    return analytics.rows(
        "select * from analytics.agent_performance order by workspace, agent, day");
  }

  /** The rows of the generated workspaces. */
  private Map<String, Map<String, Object>> generated(String first, String last) {
    return Performance.read(
        analytics.rows(
            """
            select * from analytics.agent_performance
            where (workspace = '' or workspace like 'w%') and day between ?::date and ?::date
            """,
            first, last));
  }
}
