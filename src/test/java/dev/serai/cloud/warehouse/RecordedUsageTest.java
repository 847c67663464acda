package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.serai.TestHub;
import dev.serai.job.RunRecord;
import dev.serai.job.TestRuns;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Does what the usage API was told add up in the warehouse, however often the job runs? */
class RecordedUsageTest {

  private final String workspace = "w-" + UUID.randomUUID();

  TestHub hub() {
    return TestHub.edges();
  }

  @Test
  void theRowsOfADayAddUpToIt() throws Exception {
    record("writer", 2, 300, "0.25");
    record("", 1, 10, "0");
    run();
    assertThat(rows())
        .extracting(row -> row.get("quantity"), row -> row.get("tokens"))
        .containsExactlyInAnyOrder(tuple(2L, 300L), tuple(1L, 10L));
    run();
    assertThat(rows()).hasSize(2);
    record("writer", 3, 450, "0.375");
    run();
    assertThat(rows())
        .hasSize(3)
        .allMatch(row -> "2026-11-01T00:00:00Z".equals(row.get("occurred_at")));
    assertThat(rows())
        .filteredOn(row -> "writer".equals(row.get("agent")))
        .extracting(row -> row.get("cost"))
        .containsExactlyInAnyOrder(new BigDecimal("0.250000000"), new BigDecimal("0.125000000"));
  }

  @Test
  void whatWasSentBeforeAKillIsNotThereTwice() throws Exception {
    record("writer", 2, 300, "0.25");
    run();
    hub()
        .database()
        .sql("update analytics.usage_part set sent_at = null where workspace = ?")
        .param(workspace)
        .update();
    run();
    assertThat(rows()).hasSize(1);
  }

  private void record(String agent, long records, long tokens, String cost) {
    hub()
        .database()
        .sql(
            """
            insert into serai.usage_day (workspace, day, agent, records, tokens, cost)
            values (?, date '2026-11-01', ?, ?, ?, cast(? as numeric))
            on conflict (workspace, day, agent) do update
            set records = excluded.records, tokens = excluded.tokens, cost = excluded.cost
            """)
        .params(workspace, agent, records, tokens, cost)
        .update();
  }

  private void run() {
    RunRecord run = TestRuns.of(hub()).run("warehouse-usage", Map.of());
    assertThat(run.result()).endsWith("days of workspaces and agents are in the warehouse now");
  }

  private List<Map<String, @Nullable Object>> rows() throws Exception {
    return hub()
        .bean(WarehouseQueries.class)
        .ask(
            new Question(
                "select * from usage_events where workspace = :workspace and kind = 'recorded'",
                Map.of("workspace", workspace),
                100,
                "",
                Duration.ofSeconds(10)))
        .rows();
  }
}
