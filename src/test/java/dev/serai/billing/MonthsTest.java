package dev.serai.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.job.JobControl;
import dev.serai.job.Reprocess;
import dev.serai.job.RunRecord;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has a workspace used in a month? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(BillingHub.TURN)
class MonthsTest {

  private static final String JOB = "calculate-usage";

  private final BillingHub billing = BillingHub.emptied();

  @Test
  void itIsTheSumOfAllFactsHoweverOftenItIsCalculated() throws Exception {
    Facts facts = new Facts(3).add(billing, 3_000, 250, YearMonth.of(2024, 10));
    RunRecord first = billing.run(JOB, Map.of("period", "2024-10"));
    List<String> expected = expected(facts);
    assertThat(first.result())
        .isEqualTo(
            "2024-10: %s workspaces, %s sums changed"
                .formatted(facts.sums().size(), expected.size()));
    assertThat(calculated()).containsExactlyInAnyOrderElementsOf(expected);

    assertThat(billing.run(JOB, Map.of("period", "2024-10")).result()).endsWith(" 0 sums changed");

    facts.add(billing, 10, 1, YearMonth.of(2024, 10));
    assertThat(billing.run(JOB, Map.of("period", "2024-10", "workspace", Facts.name(1))).result())
        .isEqualTo("2024-10: 1 workspaces, 0 sums changed");
    assertThat(billing.run(JOB, Map.of("period", "2024-10", "workspace", Facts.name(0))).result())
        .startsWith("2024-10: 1 workspaces, ");
    assertThat(calculated()).containsExactlyInAnyOrderElementsOf(expected(facts));
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05T01:10:00Z, 2024-10 and 2024-11, '2024-10 1,2024-11 2'",
    "2024-11-06T01:10:00Z, 2024-11, 2024-11 2",
    "2025-01-01T01:10:00Z, 2024-12 and 2025-01, 2024-12 4",
  })
  void theMonthFollowsFromTheSlotAndInItsFirstDaysTheOneBefore(
      Instant slot, String months, String sums) {
    billing.used("acme", "2024-10-31", "things", "1");
    billing.used("acme", "2024-11-01", "things", "2");
    billing.used("acme", "2024-12-31", "things", "4");
    UUID run =
        billing
            .hub()
            .bean(JobControl.class)
            .backfill(JOB, slot, slot.plusSeconds(60), Reprocess.ALL, Map.of(), false, "test")
            .runs()
            .getFirst();
    await().until(() -> billing.find(run).finishedAt() != null);
    assertThat(billing.done(run).result()).startsWith(months + ": 1 workspaces, ");
    assertThat(
            billing
                .hub()
                .database()
                .sql(
                    "select string_agg(concat_ws(' ', period, quantity), ',' order by period)"
                        + " from billing.usage")
                .query(String.class)
                .single())
        .isEqualTo(sums);
  }

  @Test
  void whatNobodyInParticularHasUsedIsSaid() {
    billing.used("", "2024-10-03", "agent_executions", "5");
    billing.used("", "2024-10-04", "things", "1234.5");
    assertThat(billing.run(JOB, Map.of("period", "2024-10")).result())
        .isEqualTo(
            "2024-10: 1 workspaces, 2 sums changed; of no workspace: 5 agent_executions, 1,234.5"
                + " things");
  }

  private static List<String> expected(Facts facts) {
    List<String> expected = new ArrayList<>();
    facts
        .sums()
        .forEach(
            (workspace, months) ->
                months.forEach(
                    (month, metrics) ->
                        metrics.forEach(
                            (metric, quantity) ->
                                expected.add(
                                    "%s %s %s %s"
                                        .formatted(
                                            workspace,
                                            month,
                                            metric,
                                            quantity.stripTrailingZeros().toPlainString())))));
    return expected;
  }

  private List<String> calculated() {
    return billing
        .hub()
        .database()
        .sql("select concat_ws(' ', workspace, period, metric, quantity) from billing.usage")
        .query(String.class)
        .list();
  }
}
