package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.event.EventLog;
import dev.serai.event.Receipt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Is what was done counted once, on its day? */
class AnalyticsHandlersTest {

  private static final String AGENT = "handler-analytics-agent";
  private static final String CONTENT = "handler-analytics-content";

  private final TestHub hub = TestHub.shared();
  private final TestLog log = TestLog.of(hub);
  private final String workspace = "ws-" + UUID.randomUUID();

  @Test
  void aRunIsARowAndUsageOfItsDay() {
    UUID event =
        send(
            "agent.executed",
            """
            {"id": "r1", "workspace": "%s", "agent": "researcher", "status": "failed",
             "started_at": "2026-11-19T23:59:59Z", "ended_at": "2026-11-20T00:00:01.500Z",
             "tokens_in": 500, "tokens_out": 20, "cost": 0.021, "error": "timeout"}
            """
                .formatted(workspace));
    log.awaitState(event, AGENT, "done");

    assertThat(
            hub.database()
                .sql(
                    "select agent, status, duration_ms from analytics.execution where event_id = ?")
                .param(event)
                .query()
                .singleRow())
        .containsEntry("agent", "researcher")
        .containsEntry("status", "failed")
        .containsEntry("duration_ms", 2500L);
    assertThat(usage("2026-11-20"))
        .isEqualTo(
            Map.of(
                "agent_executions",
                1L,
                "agent_failures",
                1L,
                "agent_ms",
                2500L,
                "agent_tokens",
                520L));
  }

  @Test
  void howLongARunTookIsUnknownUnlessSomebodySays() {
    UUID event =
        send(
            "agent.executed",
            """
            {"id": "r1", "workspace": "%s", "agent": "researcher", "status": "succeeded",
             "occurred_at": "2026-11-20T10:00:00Z", "ended_at": "2026-11-20T10:00:00Z"}
            """
                .formatted(workspace));
    log.awaitState(event, AGENT, "done");

    assertThat(
            hub.database()
                .sql("select duration_ms from analytics.execution where event_id = ?")
                .param(event)
                .query()
                .singleRow())
        .containsEntry("duration_ms", null);
    assertThat(usage("2026-11-20")).isEqualTo(Map.of("agent_executions", 1L));
  }

  @Test
  void contentIsARowAndUsageAlsoIfOnlyItsRowSaysHowMuch() {
    UUID event =
        send(
            "content.generated",
            """
            {"id": "c1", "workspace": "%s", "schema": "public", "table": "contents",
             "operation": "INSERT", "old_record": null, "record": {"id": "c1", "kind": "post",
             "words": 420, "tokens": "many", "created_at": "2026-11-20T10:00:00+00:00"}}
            """
                .formatted(workspace));
    log.awaitState(event, CONTENT, "done");

    assertThat(usage("2026-11-20")).isEqualTo(Map.of("content_items", 1L, "content_words", 420L));
  }

  @Test
  void manyAtOnceInAnyOrderAndReplayedAddUpExactly() throws Exception {
    List<CompletableFuture<Receipt>> appends = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(7));
    for (int i : numbers) {
      String data =
          """
          {"id": "r%s", "workspace": "%s", "agent": "a", "status": "succeeded",
           "occurred_at": "2026-11-%sT10:00:00Z", "tokens_in": %s}
          """
              .formatted(i, workspace, 18 + i % 2, i);
      appends.add(
          hub.bean(EventLog.class)
              .append(TestLog.event("serai", "agent.executed", workspace + i, null, data, null)));
    }
    List<UUID> events = appends.stream().map(append -> append.join().id()).toList();
    events.forEach(event -> log.awaitState(event, AGENT, "done"));
    for (UUID event : events.subList(0, 10)) {
      Api.of(hub).send("POST", "/api/v1/events/" + event + "/replay");
      log.awaitState(event, AGENT, "done");
    }

    assertThat(usage("2026-11-18"))
        .isEqualTo(Map.of("agent_executions", 30L, "agent_tokens", 870L));
    assertThat(usage("2026-11-19"))
        .isEqualTo(Map.of("agent_executions", 30L, "agent_tokens", 900L));
  }

  @Test
  void fromOutsideWithoutWhatARunNeedsItIsADeadLetterAtOnce() {
    UUID event =
        log.append(
                TestLog.event(
                    "elsewhere", "agent.executed", workspace, null, "{\"id\":\"r\"}", null))
            .id();

    assertThat(log.awaitState(event, AGENT, "dead").attempts()).isEqualTo(1);
  }

  private UUID send(String type, String data) {
    return log.append(TestLog.event("serai", type, UUID.randomUUID().toString(), null, data, null))
        .id();
  }

  private Map<String, Long> usage(String day) {
    Map<String, Long> found = new TreeMap<>();
    hub.database()
        .sql(
            "select metric, quantity::bigint as n from analytics.usage"
                + " where workspace = ? and day = ?::date")
        .params(workspace, day)
        .query(
            row -> {
              found.put(row.getString("metric"), row.getLong("n"));
            });
    return found;
  }
}
