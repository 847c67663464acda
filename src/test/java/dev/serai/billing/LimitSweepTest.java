package dev.serai.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.usage.Usage;
import dev.serai.usage.UsageLimit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Is every limit told of that is reached, once, however it came to that? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(BillingHub.TURN)
class LimitSweepTest {

  private static final String JOB = "check-usage-limits";
  private static final int WORKSPACES = 230;

  private final BillingHub billing = BillingHub.emptied();
  private final Usage usage = billing.hub().bean(Usage.class);
  private final String month = usage.month().toString();

  @Test
  void aThresholdThatWasAddedOrALimitThatWasLoweredIsToldOfOnce() throws Exception {
    billing.execute("delete from serai.event where type = 'usage.limit-reached'");
    for (int i = 0; i < WORKSPACES; i++) {
      usage.record("limited-%s".formatted(i), 500, "1", null, "a" + System.nanoTime());
      usage.limit("limited-%s".formatted(i), new UsageLimit(1_000L, null, List.of(80), 0));
    }
    assertThat(billing.run(JOB, Map.of()).result())
        .isEqualTo(month + ": limits of 230 workspaces checked, 0 events emitted");

    billing.execute("update serai.usage_limit set thresholds = '{50, 80}'");
    billing.execute("update serai.usage_limit set tokens = 600 where workspace = 'limited-7'");
    assertThat(billing.run(JOB, Map.of("workspace", "limited-7")).result())
        .isEqualTo(month + ": limits of 1 workspaces checked, 2 events emitted");
    assertThat(billing.run(JOB, Map.of("period", month)).result())
        .isEqualTo(month + ": limits of 230 workspaces checked, 229 events emitted");
    assertThat(billing.run(JOB, Map.of()).result()).endsWith(" 0 events emitted");

    assertThat(told()).hasSize(WORKSPACES + 1).doesNotHaveDuplicates();
    usage.record("limited-8", 300, null, null, "b" + System.nanoTime());
    assertThat(billing.run(JOB, Map.of()).result()).endsWith(" 0 events emitted");
    assertThat(told()).hasSize(WORKSPACES + 2);
  }

  private List<String> told() {
    return billing
        .hub()
        .database()
        .sql(
            "select workspace || (convert_from(body, 'UTF8')::jsonb ->> 'threshold')"
                + " from serai.event where type = 'usage.limit-reached'")
        .query(String.class)
        .list();
  }
}
