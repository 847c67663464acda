package dev.serai.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.job.JobControl;
import dev.serai.job.RunRecord;
import dev.serai.job.RunTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * How long do the jobs take with many workspaces and executions? {@code mvn test
 * -Dtest=AnalyticsSpeed}.
 */
class AnalyticsSpeed {

  private static final int EXECUTIONS = Integer.getInteger("executions", 1_000_000);
  private static final int WORKSPACES = Integer.getInteger("workspaces", 5_000);

  private static final String EXECUTED =
      """
      insert into analytics.execution
      select gen_random_uuid(), 'workspace-' || (hashint4(n) & 2147483647) %% %s, 'x',
        'agent-' || (hashint4(n + 7) & 2147483647) %% 8,
        (array['succeeded', 'succeeded', 'succeeded', 'failed', 'cancelled'])[n %% 5 + 1],
        timestamptz '2025-10-01 00:00Z' + n * interval '30 days' / %s,
        (hashint4(n + 3) & 2147483647) %% 60000, n %% 5000, n %% 800, (n %% 1000) / 10000.0,
        (array['usd', 'usd', 'eur'])[n %% 3 + 1], case when n %% 5 = 3 then 'error ' || n %% 17 end
      from generate_series(1, %s) as n
      """;

  private static final String USED =
      """
      insert into analytics.usage
      select workspace, (happened_at at time zone 'UTC')::date, m.metric, sum(m.quantity), count(*)
      from analytics.execution, lateral (values ('agent_executions', 1::numeric),
        ('agent_ms', duration_ms), ('agent_tokens', tokens_in + tokens_out)) as m (metric, quantity)
      where m.quantity <> 0
      group by 1, 2, 3
      """;

  @Test
  void aDayAndAWeekOfAMillionExecutions() {
    try (TestHub hub = TestHub.start(Map.of())) {
      hub.database().sql(EXECUTED.formatted(WORKSPACES, EXECUTIONS, EXECUTIONS)).update();
      hub.database().sql(USED).update();
      hub.database().sql("analyze analytics.execution").update();
      hub.database().sql("analyze analytics.usage").update();
      for (String attempt : List.of("first", "again")) {
        measure(hub, attempt, "daily-usage-summary", Map.of("day", "2025-10-29"));
        measure(hub, attempt, "agent-performance", Map.of("day", "2025-10-29"));
        measure(hub, attempt, "weekly-report", Map.of("week", "2025-W43"));
      }
      // Only what analyze has read.
      assertThat(scans(hub, "execution")).isLessThan(10);
    }
  }

  private static void measure(TestHub hub, String attempt, String job, Map<String, ?> parameters) {
    UUID run = hub.bean(JobControl.class).run(job, parameters, null, "test");
    await().atMost(Duration.ofMinutes(10)).until(() -> record(hub, run).finishedAt() != null);
    RunRecord ended = record(hub, run);
    System.out.println(
        "%s %s: %s ms, %s"
            .formatted(
                attempt,
                job,
                Duration.between(ended.startedAt(), ended.finishedAt()).toMillis(),
                ended.result()));
  }

  private static RunRecord record(TestHub hub, UUID run) {
    return hub.bean(RunTable.class).run(run);
  }

  private static long scans(TestHub hub, String table) {
    return hub.database()
        .sql(
            "select seq_scan from pg_stat_user_tables where schemaname = 'analytics' and relname ="
                + " ?")
        .param(table)
        .query(Long.class)
        .single();
  }
}
