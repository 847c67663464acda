package dev.serai.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.job.RunRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What did a workspace do on a day, beside the day and the week before? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(AnalyticsHub.TURN)
class DailySummaryTest {

  private static final String JOB = "daily-usage-summary";

  private final AnalyticsHub analytics = AnalyticsHub.shared();
  private final JdbcClient database = analytics.database();
  private final String workspace = "z" + UUID.randomUUID();

  @Test
  void everyNumberOfEveryDayIsWhatTheFactsAddUpTo() {
    List<RunRecord> runs = analytics.backfill(JOB, "2026-12-22T00:00:00Z", "2027-01-08T00:00:00Z");

    assertThat(runs).hasSize(17);
    assertThat(runs.getFirst().result())
        .matches(
            "2026-12-21: \\d+ of \\d+ workspaces did something; \\d+ rows since 2026-12-18 are new"
                + " or changed");
    assertThat(runs.getFirst().progress()).isEqualTo(100);
    // The days before the first slot are the three that might have had late facts.
    LocalDate first = LocalDate.parse("2026-12-18");
    LocalDate last = LocalDate.parse("2027-01-06");
    assertThat(generated(first, last))
        .isEqualTo(Sums.of(analytics.facts().all()).rows(first, last));

    List<String> before = all();
    analytics.backfill(JOB, "2026-12-22T00:00:00Z", "2027-01-08T00:00:00Z");
    analytics.backfill(JOB, "2026-12-22T00:00:00Z", "2027-01-08T00:00:00Z");
    assertThat(all()).isEqualTo(before);
  }

  @Test
  void aDayWithoutAnythingAfterOneWithSomethingIsARow() {
    record("2026-08-03T23:59:59.999999Z");
    analytics.run(JOB, Map.of("day", "2026-08-04", "late", 1));

    assertThat(row("2026-08-03", "agent_executions")).isEqualTo("1 1 0 null 0 null");
    assertThat(row("2026-08-04", "agent_executions")).isEqualTo("0 0 1 -100.00 0 null");
  }

  @Test
  void lateFactsOfTheLastDaysAreCountedAndWhatIsComparedWithThemIsComparedAnew() {
    record("2026-05-04T10:00:00Z");
    analytics.run(JOB, Map.of("day", "2026-05-04"));
    for (int day = 5; day <= 12; day++) {
      analytics.run(JOB, Map.of("day", "2026-05-%s".formatted(day < 10 ? "0" + day : day)));
    }
    record("2026-05-04T00:00:00Z");
    record("2026-05-09T00:00:00Z");
    assertThat(row("2026-05-11", "agent_executions")).isEqualTo("0 0 0 null 1 -100.00");

    analytics.run(JOB, Map.of("day", "2026-05-12"));
    assertThat(row("2026-05-09", "agent_executions")).isEqualTo("1 1 0 null 0 null");
    assertThat(row("2026-05-10", "agent_executions")).isEqualTo("0 0 1 -100.00 0 null");
    assertThat(row("2026-05-04", "agent_executions")).isEqualTo("1 1 0 null 0 null");

    analytics.run(JOB, Map.of("day", "2026-05-04", "late", 0));
    assertThat(row("2026-05-04", "agent_executions")).isEqualTo("2 2 0 null 0 null");
    assertThat(row("2026-05-05", "agent_executions")).isEqualTo("0 0 2 -100.00 0 null");
    assertThat(row("2026-05-11", "agent_executions")).isEqualTo("0 0 0 null 2 -100.00");
  }

  @Test
  void whatWasCountedStaysWhenItsExecutionsAreDeleted() {
    record("2026-06-01T10:00:00Z");
    record("2026-06-01T11:00:00Z");
    analytics.run(JOB, Map.of("day", "2026-06-01"));
    List<String> before = own();
    database.sql("delete from analytics.execution where workspace = ?").param(workspace).update();

    analytics.run(JOB, Map.of("day", "2026-06-01"));
    assertThat(own()).isEqualTo(before);
    assertThat(row("2026-06-01", "executions_succeeded")).isEqualTo("2 2 0 null 0 null");
  }

  /** The first steps have been written when one fails; the run begins anew. */
  @Test
  void aRunThatFailsHalfWayIsRepeatedAndEndsAsIfItHadNot() {
    record("2026-12-15T10:00:00Z");
    database
        .sql(
            """
            create function public.fail() returns trigger language plpgsql as
            $$ begin raise exception 'half-way'; end $$;
            create trigger half_way before insert on analytics.daily_summary for each row
            when (new.workspace like 'z%' and new.day = '2026-12-15') execute function public.fail()
            """)
        .update();
    UUID run = analytics.begin(JOB, Map.of("day", "2026-12-15"));
    try {
      await()
          .until(() -> Objects.equals(analytics.record(run).cause(), "UncategorizedSQLException"));
      assertThat(analytics.record(run).progress()).isBetween(20, 99);
      assertThat(own()).isEmpty();
    } finally {
      database
          .sql("drop trigger half_way on analytics.daily_summary; drop function public.fail()")
          .update();
    }
    analytics.later(run);

    assertThat(analytics.done(run).attempts()).isGreaterThan(1);
    assertThat(row("2026-12-15", "agent_executions")).isEqualTo("1 1 0 null 0 null");
    LocalDate day = LocalDate.parse("2026-12-15");
    assertThat(generated(day, day)).isEqualTo(Sums.of(analytics.facts().all()).rows(day, day));
  }

  @Test
  void aNumberOfDaysThatCannotBeIsRefusedAtOnce() {
    RunRecord run = analytics.ended(analytics.begin(JOB, Map.of("late", 93)));

    assertThat(run.state()).isEqualTo("dead");
    assertThat(run.attempts()).isOne();
    assertThat(analytics.rows("select detail from serai.attempt where event_id = ?", run.id()))
        .singleElement()
        .asString()
        .contains("Parameter 'late' is 93; it must be a number of days from 0 to 92");
  }

  private void record(String at) {
    Facts.record(
        database,
        List.of(
            new Fact.Execution(
                workspace, "a", "succeeded", Instant.parse(at), 5L, 1L, 1L, null, null, null)));
  }

  private String row(String day, String metric) {
    return database
        .sql(
            """
            select concat_ws(' ', quantity, events, day_before, coalesce(day_change::text, 'null'),
              week_before, coalesce(week_change::text, 'null'))
            from analytics.daily_summary where workspace = ? and day = ?::date and metric = ?
            """)
        .params(workspace, day, metric)
        .query(String.class)
        .single();
  }

  private List<String> own() {
    return analytics.rows(
        "select * from analytics.daily_summary where workspace = ? order by day, metric",
        workspace);
  }

  private List<String> all() {
    return analytics.rows("select * from analytics.daily_summary order by workspace, day, metric");
  }

  /** The rows of the generated workspaces. */
  private Map<Sums.Place, String> generated(LocalDate first, LocalDate last) {
    Map<Sums.Place, String> found = new HashMap<>();
    database
        .sql(
            """
            select * from analytics.daily_summary
            where (workspace = '' or workspace like 'w%') and day between ? and ?
            """)
        .params(first, last)
        .query(
            row -> {
              Map<String, Object> texts = new TreeMap<>();
              texts.put("quantity", Sums.plain(row.getBigDecimal("quantity")));
              texts.put("events", row.getLong("events"));
              for (String time : List.of("day", "week")) {
                BigDecimal change = row.getBigDecimal(time + "_change");
                texts.put(
                    time,
                    Sums.plain(row.getBigDecimal(time + "_before"))
                        + " "
                        + (change == null ? "new" : Sums.plain(change)));
              }
              found.put(
                  new Sums.Place(
                      row.getString("workspace"),
                      row.getDate("day").toLocalDate(),
                      row.getString("metric")),
                  texts.toString());
            });
    return found;
  }
}
