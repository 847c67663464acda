package dev.serai.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What becomes of a job from the moment it is put into a queue? */
@EngineTurn
class QueueTest {

  private final TestHub hub = TestHub.engine();
  private final QueueApi queue = QueueApi.of(hub);

  @Test
  void aJobIsTakenAndDone() throws Exception {
    String id = queue.put("{\"page\": 7}", ", \"workspace\": \"acme\", \"subject\": \"site\"");
    assertThat(queue.job(id).path("status").asText()).isEqualTo("PENDING");

    JsonNode job = queue.take("w1", 1, 60).getFirst();
    assertThat(job.path("id").asText()).isEqualTo(id);
    assertThat(job.path("data").path("page").asInt()).isEqualTo(7);
    assertThat(job.path("attempt").asInt()).isEqualTo(1);
    JsonNode record = queue.job(id);
    assertThat(record.path("status").asText()).isEqualTo("PROCESSING");
    assertThat(record.path("worker").asText()).isEqualTo("w1");
    assertThat(record.path("workspace").asText()).isEqualTo("acme");

    assertThat(queue.say(job, "complete", ", \"result\": {\"words\": 3}").status()).isEqualTo(200);
    record = queue.job(id);
    assertThat(record.path("status").asText()).isEqualTo("COMPLETED");
    assertThat(record.path("result").path("words").asInt()).isEqualTo(3);
    assertThat(record.path("started_at").asText()).isNotEmpty();
    assertThat(record.path("completed_at").asText()).isNotEmpty();
    await().until(() -> leases(id) == 0);
    assertThat(queue.take("w1", 1, 60)).isEmpty();
  }

  @Test
  void theMostUrgentComesFirstAndEqualOnesInTheirOrder() throws Exception {
    queue.put("1");
    queue.put("2", ", \"priority\": 9");
    queue.put("3", ", \"priority\": 5");
    queue.put("4");
    queue.put("5", ", \"priority\": 9");
    assertThat(queue.get("/peek?limit=3").json().path("jobs").findValuesAsText("data"))
        .containsExactly("2", "5", "3");
    assertThat(queue.take("w", 10, 60))
        .extracting(job -> job.path("data").asInt())
        .containsExactly(2, 5, 3, 1, 4);
  }

  @Test
  void oneWithADelayWaitsForItsTimeHoweverUrgent() throws Exception {
    String late = queue.put("1", ", \"delay_seconds\": 3600, \"priority\": 9");
    queue.put("2");
    assertThat(queue.take("w", 10, 60))
        .extracting(job -> job.path("data").asInt())
        .containsExactly(2);
    JsonNode length = queue.get("").json();
    assertThat(length.path("delayed").asInt()).isEqualTo(1);
    assertThat(length.path("processing").asInt()).isEqualTo(1);
    assertThat(Instant.parse(queue.job(late).path("due_at").asText()))
        .isAfter(Instant.now().plusSeconds(3000));
    makeDue(late);
    assertThat(queue.take("w", 10, 60)).hasSize(1);
  }

  @Test
  void whoWaitsGetsAJobWhenItComes() throws Exception {
    CompletableFuture<List<JsonNode>> waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return queue.take("{\"worker\": \"w\", \"wait_seconds\": 20}");
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    await().until(() -> queue.get("").status() == 200);
    assertThat(waiting).isNotDone();
    queue.put("1");
    assertThat(waiting.join()).hasSize(1);
  }

  @Test
  void aSecondOneWithItsKeyIsNotTaken() throws Exception {
    String first = queue.put("1", ", \"key\": \"k\"");
    Api.Answer second = queue.post("/jobs", "{\"data\": 1, \"key\": \"k\", \"priority\": 3}");
    assertThat(second.json().path("status").asText()).isEqualTo("duplicate");
    assertThat(second.json().path("id").asText()).isEqualTo(first);
    assertThat(queue.take("w", 10, 60)).hasSize(1);
  }

  @Test
  void clearingTakesOutWhatWaitsAndLeavesWhatWorkersHave() throws Exception {
    queue.put("1");
    JsonNode held = queue.take("w", 1, 60).getFirst();
    String waiting = queue.put("2");
    queue.put("3", ", \"delay_seconds\": 3600");
    Api.Answer cleared = queue.delete("/jobs?reason=test");
    assertThat(cleared.json().path("cleared").asInt()).isEqualTo(2);
    assertThat(queue.job(waiting).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(queue.job(waiting).path("error").path("detail").asText()).contains("test");
    assertThat(queue.say(held, "complete", "").status()).isEqualTo(200);
  }

  @Test
  void aRouteOfTheQueueTakesItsJobsToo() throws Exception {
    try (var route =
        TestHandler.named(hub, queue.subscription())
            .with("types", "queue.%s.enqueued".formatted(queue.name()))
            .handle(exchange -> {})) {
      String id = queue.put("{\"page\": 1}");
      await().until(() -> queue.job(id).path("status").asText().equals("COMPLETED"));
      assertThat(route.log().count(queue.subscription(), "done")).isEqualTo(1);
    }
  }

  @Test
  void aPausedQueueHandsNothingOut() throws Exception {
    queue.put("1");
    Api.of(hub).send("POST", "/api/v1/subscriptions/%s/pause".formatted(queue.subscription()));
    await().until(() -> queue.get("").json().path("paused").asBoolean());
    await().pollDelay(Duration.ofMillis(1_100)).until(() -> true);
    assertThat(queue.take("w", 1, 60)).isEmpty();
    Api.of(hub).send("POST", "/api/v1/subscriptions/%s/resume".formatted(queue.subscription()));
    await().until(() -> queue.take("w", 1, 60).size() == 1);
  }

  private int leases(String id) {
    return hub.database()
        .sql("select count(*) from serai.queue_lease where event_id = :id::uuid")
        .param("id", id)
        .query(Integer.class)
        .single();
  }

  private void makeDue(String id) {
    hub.database()
        .sql("update serai.delivery set due_at = now() where event_id = :id::uuid")
        .param("id", id)
        .update();
  }
}
