package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does the API tell of jobs and runs, and do with them? */
@EngineTurn
class JobApiTest {

  private final TestHub hub = TestHub.engine();
  private final Api api = Api.of(hub);

  @Test
  void aJobIsShownWithItsNextTenSlots() throws Exception {
    try (var job =
        TestJob.of(hub)
            .with("cron", "30 2 * * *")
            .with("zone", "Asia/Kolkata")
            .handle(exchange -> {})) {
      JsonNode shown = api.get("/api/v1/jobs/" + job.name()).json();
      assertThat(shown.path("next_slots")).hasSize(10);
      assertThat(shown.at("/next_slots/0").asText()).endsWith("T21:00:00Z");
      assertThat(shown.at("/plan/zone").asText()).isEqualTo("Asia/Kolkata");
      assertThat(shown.path("live").asBoolean()).isTrue();
      assertThat(api.get("/api/v1/jobs").json().path("jobs").findValuesAsText("name"))
          .contains(job.name());
    }
  }

  @Test
  void aRunIsMadeOnceForAKeyAndListed() throws Exception {
    try (var job =
        TestJob.of(hub)
            .with("parameters", "days:integer=30")
            .with("overlap", "cancel")
            .handle(exchange -> {})) {
      String path = "/api/v1/jobs/" + job.name();
      String body = "{\"parameters\":{\"days\":7},\"key\":\"%s\"}".formatted(UUID.randomUUID());
      JsonNode run = api.post(path + "/run", body).json();
      assertThat(run.at("/parameters/days").asInt()).isEqualTo(7);
      UUID id = UUID.fromString(run.path("id").asText());
      // Neither is another made, nor is the first one cancelled.
      assertThat(api.post(path + "/run", body).json().path("id").asText()).isEqualTo(id.toString());
      job.await(id, "done");
      JsonNode listed = api.get(path + "/runs?state=done&kind=manual").json().path("runs");
      assertThat(listed.findValuesAsText("id")).containsExactly(id.toString());
      assertThat(api.get("/api/v1/runs/" + id).json().path("state").asText()).isEqualTo("done");
      assertThat(
              api.post("/api/v1/runs/" + id + "/cancel", "").json().path("cancelled").asBoolean())
          .isFalse();
    }
  }

  @Test
  void aPausedJobMakesNoRunsAndGoesOnWithTheNextSlot() throws Exception {
    try (var job = TestJob.of(hub).with("every", "1h").handle(exchange -> {})) {
      String path = "/api/v1/jobs/" + job.name();
      assertThat(api.post(path + "/pause?reason=holidays", "").json().path("changed").asBoolean())
          .isTrue();
      assertThat(api.get(path).json().path("reason").asText()).isEqualTo("holidays");
      job.setNext(job.now().minusSeconds(7_200));
      assertThat(api.post(path + "/resume", "").json().path("changed").asBoolean()).isTrue();
      assertThat(job.next()).isAfter(job.now());
      assertThat(job.runs()).isEmpty();
    }
  }

  @Test
  void slotsOfARangeAreFilledInOnce() throws Exception {
    try (var job = TestJob.of(hub).with("every", "1h").handle(exchange -> {})) {
      String path = "/api/v1/jobs/" + job.name() + "/backfill";
      String range = "\"from\":\"2026-03-01T00:00:00Z\",\"to\":\"2026-03-01T05:00:00Z\"";
      JsonNode dry = api.post(path, "{%s,\"dry_run\":true}".formatted(range)).json();
      assertThat(dry.path("slots")).hasSize(5);
      assertThat(job.runs()).isEmpty();
      assertThat(api.post(path, "{%s}".formatted(range)).json().path("runs")).hasSize(5);
      job.awaitStates("done", "done", "done", "done", "done");
      assertThat(job.runs()).allMatch(run -> run.kind().equals("backfill"));
      assertThat(api.post(path, "{%s}".formatted(range)).json().path("runs")).isEmpty();
      String failed = "{%s,\"reprocess\":\"failed\"}".formatted(range);
      assertThat(api.post(path, failed).json().path("runs")).isEmpty();
      String all = "{%s,\"reprocess\":\"all\"}".formatted(range);
      assertThat(api.post(path, all).json().path("runs")).hasSize(5);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run      | {"parameters":{"days":"x"}} | Parameter 'days' is 'x'; it must be a whole number such as 30
          run      | {"parameters":{"weeks":1}}  | Parameter 'weeks' is unknown; the job has [days]
          backfill | {"from":"2026-01-02T00:00:00Z","to":"2026-01-01T00:00:00Z"} | 'from' is '2026-01-02T00:00:00Z' and 'to' is '2026-01-01T00:00:00Z'; both must be times, the first one earlier
          backfill | {"from":"2026-01-01T00:00:00Z","to":"2026-01-02T00:00:00Z","reprocess":"some"} | 'reprocess' is 'some'; it must be none, failed or all
          """)
  void whatCantBeIsRefusedByName(String call, String body, String detail) throws Exception {
    try (var job =
        TestJob.of(hub)
            .with("every", "1h")
            .with("parameters", "days:integer=30")
            .handle(exchange -> {})) {
      Api.Answer answer = api.post("/api/v1/jobs/%s/%s".formatted(job.name(), call), body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("detail").asText()).isEqualTo(detail);
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    assertThat(api.get("/api/v1/jobs/none").status()).isEqualTo(404);
    assertThat(api.post("/api/v1/jobs/none/run", "{}").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/runs/" + UUID.randomUUID()).status()).isEqualTo(404);
    assertThat(api.get("/api/v1/runs?state=odd").status()).isEqualTo(400);
  }
}
