package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.cloud.google.GoogleHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Do our routes fall into what Camel's own component falls into, and do the sinks fill tables? */
class BigQueryTrapsTest {

  private static final String ASK =
      """
      - route:
          id: test-bigquery-%1$s
          errorHandler: {noErrorHandler: {}}
          from:
            uri: direct:test-bigquery-%1$s
            steps:
              - to: {uri: "kamelet:warehouse-query", parameters: {sql: "%2$s"}}
      """;

  private final BigQueryFake fake = BigQueryFake.shared();
  private final TestHub hub = GoogleHub.shared();

  @AfterEach
  void heal() {
    fake.heal();
  }

  /** Trap: "insertAll only, one bad row fails the call". */
  @Test
  void insertAllWithOneBadRowFailsThatRowAlone() throws Exception {
    fake.tables.stopping.set(1);
    fake.tables.refused = id -> id.contains("bad-2");
    try (WarehouseCalls calls = new WarehouseCalls(hub)) {
      Map<String, Object> bad = calls.row("bad-1");
      bad.put("quantity", "many");
      Exchange exchange =
          calls.send(
              "insert",
              List.of(calls.row("trap-1"), bad, calls.row("bad-2"), calls.row("trap-2")),
              Map.of());
      assertThat(exchange.getException()).isNull();
      Map<?, ?> failed = exchange.getVariable("serai.failed", Map.class);
      assertThat(List.<Object>copyOf(failed.keySet())).containsExactlyInAnyOrder(1, 2);
      assertThat(calls.ids("trap-")).containsExactly("trap-1", "trap-2");
    }
  }

  /** Trap: "`${}` in SQL is textual". */
  @Test
  void dollarBracesInSqlAreNeverReplacedByText() throws Exception {
    String sql = "select '${variable.evil}' as braces, :value as value";
    try (TestHub.Routes routes = hub.routes(ASK.formatted("braces", sql))) {
      assertThat(routes).isNotNull();
      Exchange exchange =
          hub.camel()
              .createProducerTemplate()
              .request(
                  "direct:test-bigquery-braces",
                  asked -> {
                    asked.setVariable("evil", "' union all select '");
                    asked.getMessage().setHeader("variable.evil", "' union all select '");
                    asked.getMessage().setBody(Map.of("value", "${variable.evil}' or 1=1 --"));
                  });
      assertThat(exchange.getException()).isNull();
      assertThat(WarehouseCalls.rows(exchange))
          .containsExactly(
              Map.of("braces", "${variable.evil}", "value", "${variable.evil}' or 1=1 --"));
      assertThat(fake.jobs.asked.getLast().path("query").asText()).contains("'${variable.evil}'");
    }
  }

  @Test
  void eventsBecomeRowsOnceAndBadOnesDeadLettersAlthoughAnswersAreLost() throws Exception {
    fake.tables.forgetful = true;
    fake.lost.set(2);
    UUID good =
        send(
            """
            {"id": "run-1", "agent": "writer", "status": "succeeded", "tokens_in": 5200, "cost": 0.021,
             "started_at": "2026-11-20T18:00:00Z"}\
            """);
    UUID wrong =
        send("{\"id\": \"r\", \"agent\": \"a\", \"status\": \"failed\", \"tokens_in\": \"x\"}");
    TestLog log = TestLog.of(hub);
    log.awaitState(good, "sink-warehouse-executions", "done");
    log.awaitState(good, "sink-warehouse-usage", "done");
    log.awaitState(wrong, "sink-warehouse-executions", "dead");
    assertThat(log.attempts(wrong, "sink-warehouse-executions").getFirst().detail())
        .contains("wrong-type: tokens_in of agent_executions is a string");
    Map<String, @Nullable Object> row =
        hub.bean(WarehouseQueries.class)
            .ask(
                new Question(
                    "select * from agent_executions where id = :id",
                    Map.of("id", good.toString()),
                    2,
                    "",
                    Duration.ofSeconds(10)))
            .rows()
            .getFirst();
    assertThat(row)
        .containsEntry("execution_id", "run-1")
        .containsEntry("tokens_in", 5200L)
        .containsEntry("started_at", "2026-11-20T18:00:00Z");
    assertThat(fake.tables.count("select count(*) from agent_executions where id = '" + good + "'"))
        .isOne();
  }

  @Test
  void healthSaysThatTheWarehouseIsDownAndWhy() throws Exception {
    fake.tables.datasetMissing = true;
    GoogleHub.check(hub);
    assertThat(Api.of(hub).get("/health/detailed").toString())
        .contains("Dataset 'analytics' is not there; make it, or set serai.warehouse.dataset");
    fake.heal();
    GoogleHub.check(hub);
    assertThat(Api.of(hub).get("/health/detailed").toString()).doesNotContain("'analytics'");
  }

  private UUID send(String json) {
    return TestLog.of(hub)
        .append(
            TestLog.event("test", "agent.executed", UUID.randomUUID().toString(), null, json, null))
        .id();
  }
}
