package dev.serai.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.TestHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does a queue answer to what makes no sense? */
@EngineTurn
class QueueInputTest {

  private final TestHub hub = TestHub.engine();
  private final QueueApi queue = QueueApi.of(hub);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/jobs,`{}`,data",
        "/jobs,`{\"data\": 1, \"priority\": 10}`,priority",
        "/jobs,`{\"data\": 1, \"priority\": -1}`,priority",
        "/jobs,`{\"data\": 1, \"delay_seconds\": -1}`,delay_seconds",
        "/jobs,`{\"data\": 1, \"delay_seconds\": 1, \"at\": \"2027-01-01T00:00:00Z\"}`,at",
        "/dequeue,`{}`,worker",
        "/dequeue,`{\"worker\": \"\"}`,worker",
        "/dequeue,`{\"worker\": \"w\", \"max\": 101}`,max",
        "/dequeue,`{\"worker\": \"w\", \"lease_seconds\": 0}`,lease_seconds",
        "/dequeue,`{\"worker\": \"w\", \"lease_seconds\": 43201}`,lease_seconds",
        "/dequeue,`{\"worker\": \"w\", \"wait_seconds\": 21}`,wait_seconds",
        "/jobs/01a1fb37-80d0-78c1-9188-56fa3a1b5323/complete,`{}`,token",
        "/jobs/nonsense/complete,`{\"token\": 1}`,id",
      })
  void aFieldWithoutSenseIsNamed(String path, String body, String field) throws Exception {
    Api.Answer answer = queue.post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("'" + field + "'");
  }

  @Test
  void aNameThatNoQueueCanHaveIsRefused() throws Exception {
    Api.Answer answer = Api.of(hub).post("/api/v1/queues/No.Such/jobs", "{\"data\": 1}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("'name'");
  }

  @Test
  void dataThatIsTooLongIsRefused() throws Exception {
    Api.Answer answer = queue.post("/jobs", "{\"data\": \"%s\"}".formatted("x".repeat(300_000)));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains("'data'", "262144");
  }

  @Test
  void anUnknownQueueOrJobIsNotFound() throws Exception {
    assertThat(queue.get("").status()).isEqualTo(404);
    assertThat(queue.get("/peek").status()).isEqualTo(404);
    assertThat(queue.delete("/jobs").status()).isEqualTo(404);
    queue.put("1");
    String none = "/jobs/01a1fb37-80d0-78c1-9188-56fa3a1b5323";
    assertThat(queue.get(none).status()).isEqualTo(404);
    assertThat(queue.post(none + "/complete", "{\"token\": 1}").status()).isEqualTo(404);
  }

  @Test
  void aViewerOnlyLooks() throws Exception {
    Api viewer = new Api(hub.url(), TestHub.VIEWER_KEY);
    assertThat(viewer.get("/api/v1/queues").status()).isEqualTo(200);
    assertThat(viewer.post("/api/v1/queues/x/dequeue", "{\"worker\": \"w\"}").status())
        .isEqualTo(403);
  }
}
