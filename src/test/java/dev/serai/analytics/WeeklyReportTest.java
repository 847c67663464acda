package dev.serai.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.job.RunRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What did a workspace do in a week, and is it written for people and programs? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(AnalyticsHub.TURN)
class WeeklyReportTest {

  private static final String JOB = "weekly-report";

  private final AnalyticsHub analytics = AnalyticsHub.shared();
  private final JdbcClient database = analytics.database();
  private final String workspace = "r" + UUID.randomUUID();

  @Test
  void everyNumberIsWhatTheFactsAddUpToAlsoWhereTheYearBegins() {
    // The slots are the Mondays of 2026-W52 to 2027-W02.
    List<RunRecord> runs = analytics.backfill(JOB, "2026-12-21T00:00:00Z", "2027-01-12T00:00:00Z");
    assertThat(runs)
        .extracting(RunRecord::result)
        // Other tests have added workspaces.
        .allMatch(
            result -> result.matches("20\\d\\d-W\\d\\d: (\\d+) of \\1 reports are new or changed"))
        .extracting(result -> result.substring(0, 8))
        .containsExactly("2026-W51", "2026-W52", "2026-W53", "2027-W01");
    assertThat(runs.getFirst().progress()).isEqualTo(100);

    for (LocalDate monday : List.of(LocalDate.parse("2026-12-28"), LocalDate.parse("2027-01-04"))) {
      assertThat(data(Week.name(monday))).isEqualTo(expected(monday));
    }

    List<String> before = documents();
    assertThat(analytics.run(JOB, Map.of("week", "2026-W53")).result())
        .isEqualTo("2026-W53: 0 of 45 reports are new or changed");
    analytics.backfill(JOB, "2026-12-21T00:00:00Z", "2027-01-12T00:00:00Z");
    assertThat(documents()).isEqualTo(before);
  }

  private Map<String, Map<String, Object>> expected(LocalDate monday) {
    Map<String, Map<String, Object>> expected = new TreeMap<>();
    List<Fact> facts = analytics.facts().all();
    facts.stream()
        .map(Fact::workspace)
        .filter(name -> !name.isEmpty())
        .distinct()
        .forEach(name -> expected.put(name, new Week(facts, name, monday).expected()));
    expected.put("*", new Week(facts, "*", monday).expected());
    return expected;
  }

  @Test
  void aWorkspaceWithoutAnythingInBothWeeksHasNone() {
    record("2025-03-10T00:00:00Z", "succeeded", null);

    assertThat(analytics.run(JOB, Map.of("week", "2025-W09")).result())
        .isEqualTo("2025-W09: 0 of 0 reports are new or changed");
    assertThat(analytics.run(JOB, Map.of("week", "2025-W13")).result())
        .startsWith("2025-W13: 0 of 0");
    // The week itself, and the one after it, which is beside it.
    assertThat(analytics.run(JOB, Map.of("week", "2025-W11")).result())
        .startsWith("2025-W11: 2 of 2");
    assertThat(analytics.run(JOB, Map.of("week", "2025-W12")).result())
        .startsWith("2025-W12: 2 of 2");
    assertThat(html(workspace, "2025-W11")).contains("● new");
    assertThat(html(workspace, "2025-W12")).contains("▼ -100.0 %");
  }

  @Test
  void ofOneWorkspaceOnlyIfItIsNamed() {
    record("2025-04-14T00:00:00Z", "succeeded", null);

    RunRecord run = analytics.run(JOB, Map.of("week", "2025-W16", "workspace", workspace));
    assertThat(run.result()).isEqualTo("2025-W16: 1 of 1 reports are new or changed");
    assertThat(data("2025-W16")).containsOnlyKeys(workspace);
    analytics.run(JOB, Map.of("week", "2025-W16", "workspace", "*"));
    assertThat(data("2025-W16")).containsOnlyKeys("*", workspace);
  }

  @Test
  void whatOthersHaveWrittenIsTextAndThePageNeedsNothingElse() {
    record("2025-05-12T00:00:00Z", "failed", "<script>alert('x')</script> & \"more\"");
    analytics.run(JOB, Map.of("week", "2025-W20"));

    String html = html(workspace, "2025-W20");
    assertThat(html)
        .startsWith("<!doctype html>")
        .contains("<title>Weekly report 2025-W20: %s</title>".formatted(workspace))
        .contains("&lt;script&gt;")
        .doesNotContain("<script", "<link", "<img", "http:", "https:", "url(", "{{");
    assertThat(html("*", "2025-W20")).contains("All workspaces", "&lt;script&gt;", workspace);
  }

  @Test
  void aReportThatKnewOfExecutionsStaysWhenTheseAreDeleted() {
    record("2025-06-09T00:00:00Z", "failed", "timeout");
    analytics.run(JOB, Map.of("week", "2025-W24"));
    Map<String, Map<String, Object>> before = data("2025-W24");
    database.sql("delete from analytics.execution where workspace = ?").param(workspace).update();

    assertThat(analytics.run(JOB, Map.of("week", "2025-W24")).result())
        .startsWith("2025-W24: 0 of 2");
    assertThat(data("2025-W24")).isEqualTo(before);
    // One that is written for the first time says that something is missing.
    analytics.run(JOB, Map.of("week", "2025-W25"));
    assertThat(data("2025-W25").get(workspace)).containsEntry("complete", false);
    assertThat(html(workspace, "2025-W25")).contains("have been deleted since");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-W53", "2026-W54", "2026-W00", "2026-47", "W47", "2026-W7", "x"})
  void aWeekThatIsNoneIsRefusedAtOnce(String week) {
    RunRecord run = analytics.ended(analytics.begin(JOB, Map.of("week", week)));

    assertThat(run.state()).isEqualTo("dead");
    assertThat(run.attempts()).isOne();
    assertThat(analytics.rows("select detail from serai.attempt where event_id = ?", run.id()))
        .singleElement()
        .asString()
        .contains(
            "Parameter 'week' is '%s'; it must be an ISO week such as 2026-W47".formatted(week));
  }

  @Test
  void aRunThatFailsHalfWayIsRepeatedAndEndsAsIfItHadNot() {
    record("2025-08-04T00:00:00Z", "succeeded", null);
    database
        .sql(
            """
            create function public.stop_report() returns trigger language plpgsql as
            $$ begin raise exception 'half-way'; end $$;
            create trigger half_way before insert on serai.document for each row
            when (new.workspace like 'r%' and new.period = '2025-W32')
            execute function public.stop_report()
            """)
        .update();
    UUID run = analytics.begin(JOB, Map.of("week", "2025-W32"));
    await().until(() -> Objects.equals(analytics.record(run).cause(), "UncategorizedSQLException"));
    assertThat(data("2025-W32")).containsOnlyKeys("*");
    database
        .sql("drop trigger half_way on serai.document; drop function public.stop_report()")
        .update();
    analytics.later(run);

    assertThat(analytics.done(run).result())
        .isEqualTo("2025-W32: 2 of 2 reports are new or changed");
    assertThat(data("2025-W32")).containsOnlyKeys("*", workspace);
  }

  private void record(String at, String status, String error) {
    Facts.record(
        database,
        List.of(
            new Fact.Execution(
                workspace, "<i>a</i>", status, Instant.parse(at), 5L, 1L, 1L, null, null, error)));
  }

  private List<String> documents() {
    return analytics.rows(
        "select * from serai.document where kind = 'weekly-report' order by period, workspace");
  }

  private Map<String, Map<String, Object>> data(String period) {
    Map<String, Map<String, Object>> found = new TreeMap<>();
    database
        .sql("select workspace, data::text from serai.document where kind = ? and period = ?")
        .params(JOB, period)
        .query(
            row -> {
              found.put(row.getString("workspace"), Json.read(row.getString("data")));
            });
    return found;
  }

  private String html(String workspace, String period) {
    return database
        .sql("select html from serai.document where kind = ? and workspace = ? and period = ?")
        .params(JOB, workspace, period)
        .query(String.class)
        .single();
  }
}
