package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Does the file of DuckDB keep what a warehouse promises, and do the sinks fill it? */
class LocalWarehouseTest extends WarehouseContract {

  private final TestHub hub = TestHub.edges();

  @Override
  TestHub hub() {
    return hub;
  }

  @Test
  void whatHappensIsThereAfterItsSinksHaveTakenIt() throws Exception {
    UUID run =
        send(
            "agent.executed",
            """
            {"id": "run-1", "workspace": "acme", "agent": "writer", "status": "succeeded", "duration_ms": 42000,
             "tokens_in": 5200, "tokens_out": 900, "cost": 0.021, "currency": "usd", "started_at": "2026-11-20T18:00:00Z"}\
            """);
    UUID content =
        send(
            "content.generated",
            """
            {"id": "c-1", "workspace": "acme", "words": 420, "tokens": 1800}\
            """);
    UUID user =
        send(
            "user.created",
            """
            {"id": "u-1", "workspace": null, "record": {"email": "asha@example.com"}, "occurred_at": "2026-11-20T18:00:00Z"}\
            """);
    TestLog log = TestLog.of(hub);
    log.awaitState(run, "sink-warehouse-executions", "done");
    log.awaitState(run, "sink-warehouse-usage", "done");
    log.awaitState(content, "sink-warehouse-usage", "done");
    log.awaitState(user, "sink-warehouse-users", "done");
    assertThat(one("select * from agent_executions where id = :id", run))
        .containsEntry("execution_id", "run-1")
        .containsEntry("agent", "writer")
        .containsEntry("tokens_in", 5200L)
        .containsEntry("started_at", "2026-11-20T18:00:00Z");
    assertThat(one("select * from usage_events where id = :id", run))
        .containsEntry("kind", "agent-execution")
        .containsEntry("tokens", 6100L);
    assertThat(one("select * from usage_events where id = :id", content))
        .containsEntry("kind", "content")
        .containsEntry("words", 420L);
    assertThat(one("select * from user_events where id = :id", user))
        .containsEntry("user_id", "u-1")
        .containsEntry("occurred_at", "2026-11-20T18:00:00Z")
        .doesNotContainValue("asha@example.com");
  }

  @Test
  void eventsThatMakeNoRowAreDeadLettersWithTheirReasons() throws Exception {
    UUID noAgent = send("agent.executed", "{\"id\": \"run-2\", \"status\": \"failed\"}");
    UUID wrong =
        send(
            "agent.executed",
            "{\"id\": \"r\", \"agent\": \"a\", \"status\": \"failed\", \"tokens_in\": \"x\"}");
    UUID right =
        send("agent.executed", "{\"id\": \"run-3\", \"agent\": \"a\", \"status\": \"failed\"}");
    TestLog log = TestLog.of(hub);
    log.awaitState(noAgent, "sink-warehouse-executions", "dead");
    assertThat(log.attempts(noAgent, "sink-warehouse-executions").getFirst().detail())
        .contains("missing: agent of agent_executions is missing");
    log.awaitState(wrong, "sink-warehouse-executions", "dead");
    assertThat(log.attempts(wrong, "sink-warehouse-executions").getFirst().detail())
        .contains("wrong-type: tokens_in of agent_executions is a string");
    log.awaitState(wrong, "sink-warehouse-usage", "dead");
    log.awaitState(right, "sink-warehouse-executions", "done");
    assertThat(log.awaitState(right, "sink-warehouse-usage", "done").attempts()).isOne();
  }

  @Test
  void whileAnotherProcessHasTheFileItsDeliveriesAreRetriedAndOthersGoOn() throws Exception {
    Warehouse warehouse = hub.bean(Warehouse.class);
    warehouse.close();
    TestLog log = TestLog.of(hub);
    UUID user;
    try (Holder holder = Holder.of(warehouse.file())) {
      user = send("user.deleted", "{\"id\": \"u-2\"}");
      await().until(() -> !log.attempts(user, "sink-warehouse-users").isEmpty());
      assertThat(log.attempts(user, "sink-warehouse-users").getFirst().detail())
          .contains("open in another process, " + holder.pid());
      assertThat(Api.of(hub).get("/health/detailed").toString())
          .contains("open in another process");
      TestHandler other = TestHandler.of(hub);
      try (other) {
        other.handle(exchange -> {});
        other.awaitState(other.send(), "done");
      }
    }
    hub.database()
        .sql("update serai.delivery set due_at = now() where event_id = ? and state = 'ready'")
        .param(user)
        .update();
    log.awaitState(user, "sink-warehouse-users", "done");
    assertThat(one("select * from user_events where id = :id", user))
        .containsEntry("type", "user.deleted");
  }

  @Test
  void theFileIsClosedWhenNobodyNeedsIt() {
    Warehouse warehouse = hub.bean(Warehouse.class);
    warehouse.close();
    assertThat(Files.isRegularFile(warehouse.file())).isTrue();
    await().until(() -> !Files.exists(warehouse.file().resolveSibling("serai.duckdb.wal")));
  }

  private UUID send(String type, String json) {
    return TestLog.of(hub)
        .append(TestLog.event("test", type, UUID.randomUUID().toString(), null, json, null))
        .id();
  }

  private Map<String, @Nullable Object> one(String sql, UUID id) throws Exception {
    List<Map<String, @Nullable Object>> rows =
        hub.bean(WarehouseQueries.class)
            .ask(
                new Question(
                    sql, Map.of("id", id.toString()), 10, "", java.time.Duration.ofSeconds(10)))
            .rows();
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }
}
