package dev.serai.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.TestHub;
import dev.serai.job.JobControl;
import dev.serai.job.Reprocess;
import dev.serai.job.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Is there one invoice of each workspace and month, and is it right, whatever happens meanwhile?
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(BillingHub.TURN)
class InvoicesTest {

  private static final String JOB = "generate-invoice";
  private final BillingHub billing = BillingHub.emptied();

  @Test
  void totalsEqualAnIndependentSumAndNoRepetitionChangesThem() throws Exception {
    Facts facts = Facts.realistic(billing, 6);
    RunRecord first = billing.run(JOB, Map.of("period", "2024-10"));
    assertThat(first.result())
        .isEqualTo("2024-10: %s issued".formatted(facts.workspaces("2024-10")));
    assertThat(first.progress()).isEqualTo(100);
    assertThat(first.message()).isEqualTo("2024-10: 30 of 30 invoices");
    backfill();
    List<JsonNode> all = billing.invoices();
    assertThat(all).extracting(Numbers::total).containsExactlyInAnyOrderElementsOf(facts.totals());
    Numbers.assertEachToldOnceAndNoneLeftOut(billing);

    billing.run(JOB, Map.of("period", "2024-10"));
    backfill();
    backfill();

    assertThat(billing.invoices()).isEqualTo(all);
    Numbers.assertEachToldOnceAndNoneLeftOut(billing);
  }

  @Test
  void severalRunsAtATimeMakeOne() throws Exception {
    Facts facts = Facts.realistic(billing, 7);
    String routes =
        Files.readString(Path.of("routes/jobs/billing/generate-invoice.camel.yaml"))
            .replace("generate-invoice", "twice-invoice")
            .replace("overlap: queue-all", "overlap: allow\n        concurrency: 4");
    try (TestHub.Routes ignored = billing.hub().routes(routes)) {
      List<UUID> runs =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      billing.begin(
                          "twice-invoice", Map.of("period", i % 2 == 0 ? "2024-10" : "2024-11")))
              .toList();
      runs.forEach(run -> billing.done(billing.ended(run).id()));
    }
    Numbers.assertEachToldOnceAndNoneLeftOut(billing);
    assertNothingLostOrTwice(facts);
  }

  @Test
  void whatComesLateInAnyMonthIsInvoicedOnce() throws Exception {
    Facts facts = Facts.realistic(billing, 10);
    for (String period : List.of("2024-10", "2024-11", "2024-12")) {
      billing.run(JOB, Map.of("period", period));
      facts.add(billing, 300, 32, Facts.OCTOBER, Facts.NOVEMBER, YearMonth.of(2024, 12));
    }
    billing.run(JOB, Map.of("period", "2025-01"));
    billing.run(JOB, Map.of("period", "2024-12"));
    assertNothingLostOrTwice(facts);
    Numbers.assertEachToldOnceAndNoneLeftOut(billing);
  }

  /** The three slots behind October, November and December 2024, all again. */
  private void backfill() {
    JobControl control = billing.hub().bean(JobControl.class);
    List<UUID> runs =
        control
            .backfill(
                JOB,
                Instant.parse("2024-11-01T00:00:00Z"),
                Instant.parse("2025-01-02T00:00:00Z"),
                Reprocess.ALL,
                Map.of(),
                false,
                "test")
            .runs();
    assertThat(runs).hasSize(3);
    await().until(() -> runs.stream().allMatch(run -> billing.find(run).finishedAt() != null));
    runs.forEach(billing::done);
  }

  /** What the lines of all invoices say was used is what was used, of all that has a price. */
  private void assertNothingLostOrTwice(Facts facts) {
    List<String> expected = new ArrayList<>();
    facts
        .sums()
        .forEach(
            (workspace, months) ->
                months.forEach(
                    (month, metrics) ->
                        metrics.forEach(
                            (metric, quantity) -> {
                              if (Facts.PRICES.containsKey(metric)) {
                                expected.add(
                                    "%s %s %s %s"
                                        .formatted(
                                            workspace,
                                            month,
                                            metric,
                                            quantity.stripTrailingZeros().toPlainString()));
                              }
                            })));
    assertThat(
            billing
                .hub()
                .database()
                .sql(
                    """
                    select concat_ws(' ', i.workspace, l.period, l.metric, trim_scale(sum(l.quantity)))
                    from billing.invoice_line l join billing.invoice i on i.number = l.number
                    group by i.workspace, l.period, l.metric
                    """)
                .query(String.class)
                .list())
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
