package dev.serai.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What happens when workers share a queue, fail, or are gone? */
@EngineTurn
class WorkerTest {

  private static final Duration SWEPT = Duration.ofSeconds(10);
  private static final TestHub ONE = TestHub.engine();
  private static final TestHub TWO = ONE.another(Map.of());

  private final QueueApi queue = QueueApi.of(ONE);

  @AfterAll
  static void stopTheOther() {
    TWO.close();
  }

  @Test
  void whileLeasesLastNoJobIsGivenTwiceOverTwoHubs() throws Exception {
    int count = 200;
    for (int i = 0; i < count; i++) {
      queue.put(Integer.toString(i), ", \"priority\": %s".formatted(i % 2));
    }
    List<Callable<List<String>>> workers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      QueueApi mine = queue.on(i % 2 == 0 ? ONE : TWO);
      String name = "w" + i;
      workers.add(() -> work(mine, name));
    }
    List<String> done = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var part : threads.invokeAll(workers)) {
        done.addAll(part.get());
      }
    }
    assertThat(done).hasSize(count).doesNotHaveDuplicates();
  }

  /** Takes and completes until there is nothing. */
  private static List<String> work(QueueApi queue, String worker) throws Exception {
    List<String> done = new ArrayList<>();
    List<JsonNode> jobs = queue.take(worker, 7, 60);
    while (!jobs.isEmpty()) {
      for (JsonNode job : jobs) {
        assertThat(queue.say(job, "complete", "").status()).isEqualTo(200);
        done.add(job.path("id").asText());
      }
      jobs = queue.take(worker, 7, 60);
    }
    return done;
  }

  @Test
  void theJobOfAWorkerThatIsGoneIsGivenToAnotherAndItsLateWordIsRefused() throws Exception {
    String id = queue.put("1");
    JsonNode late = queue.take("gone", 1, 1).getFirst();
    JsonNode again = awaitJob("other");
    assertThat(again.path("id").asText()).isEqualTo(id);
    assertThat(again.path("attempt").asInt()).isEqualTo(2);
    for (String word : List.of("complete", "fail", "extend")) {
      assertThat(queue.say(late, word, "").status()).as(word).isEqualTo(409);
    }
    assertThat(queue.say(again, "complete", "").status()).isEqualTo(200);
    assertThat(queue.say(again, "complete", "").status()).as("twice").isEqualTo(409);
  }

  @Test
  void whoExtendsItsLeaseKeepsItsJob() throws Exception {
    queue.put("1");
    JsonNode job = queue.take("slow", 1, 1).getFirst();
    assertThat(queue.say(job, "extend", ", \"lease_seconds\": 600").status()).isEqualTo(200);
    String canary = queue.put("2");
    JsonNode dead = queue.take("gone", 1, 1).getFirst();
    assertThat(dead.path("id").asText()).isEqualTo(canary);
    assertThat(awaitJob("other").path("id").asText()).isEqualTo(canary);
    assertThat(queue.say(job, "complete", "").status()).isEqualTo(200);
  }

  @Test
  void aFailedJobIsTriedAgainAndThenGivenUp() throws Exception {
    String id = queue.put("1");
    Set<String> states = new TreeSet<>();
    for (int attempt = 1; attempt <= 5; attempt++) {
      JsonNode job = awaitJob("w");
      assertThat(job.path("attempt").asInt()).isEqualTo(attempt);
      var answer = queue.say(job, "fail", ", \"error\": \"no paper\", \"delay_seconds\": 0");
      states.add(answer.json().path("status").asText());
    }
    assertThat(states).containsExactly("FAILED", "PENDING");
    JsonNode job = queue.job(id);
    assertThat(job.path("status").asText()).isEqualTo("FAILED");
    assertThat(job.path("error").path("detail").asText()).isEqualTo("no paper");
    assertThat(queue.get("").json().path("failed").asInt()).isEqualTo(1);
  }

  @Test
  void oneThatNoAttemptWouldHelpIsGivenUpAtOnce() throws Exception {
    String id = queue.put("1");
    var answer = queue.say(awaitJob("w"), "fail", ", \"retry\": false");
    assertThat(answer.json().path("status").asText()).isEqualTo("FAILED");
    assertThat(queue.job(id).path("status").asText()).isEqualTo("FAILED");
  }

  @Test
  void oneThatEndsItsWorkersIsGivenUpAfterItsAttempts() throws Exception {
    String id = queue.put("1");
    ONE.database()
        .sql("update serai.subscription set max_attempts = 2 where name = :name")
        .param("name", queue.subscription())
        .update();
    queue.take("first", 1, 1);
    awaitJob("second", 1);
    await().atMost(SWEPT).until(() -> queue.job(id).path("status").asText().equals("FAILED"));
    assertThat(queue.job(id).path("error").path("cause").asText()).isEqualTo("lease-ended");
  }

  @Test
  void aWorkerIsToldThatItsJobIsNotWantedAnyMore() throws Exception {
    String id = queue.put("1");
    JsonNode job = queue.take("w", 1, 60).getFirst();
    assertThat(queue.delete("/jobs/" + id).status()).isEqualTo(200);
    assertThat(queue.say(job, "extend", "").json().path("cancel").asBoolean()).isTrue();
    queue.say(job, "fail", "");
    assertThat(queue.job(id).path("status").asText()).isEqualTo("CANCELLED");
    assertThat(queue.delete("/jobs/" + id).status()).isEqualTo(409);
  }

  private JsonNode awaitJob(String worker) throws Exception {
    return awaitJob(worker, 60);
  }

  private JsonNode awaitJob(String worker, int lease) throws Exception {
    List<JsonNode> taken = new ArrayList<>();
    await().atMost(SWEPT).until(() -> taken.addAll(queue.take(worker, 1, lease)));
    return taken.getFirst();
  }
}
