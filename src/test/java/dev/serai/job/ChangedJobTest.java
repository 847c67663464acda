package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What happens when a job's route says something else than before? */
@EngineTurn
class ChangedJobTest {

  private final TestHub hub = TestHub.engine();
  private final String name = "c" + UUID.randomUUID();

  @Test
  void theNewSlotsCountAndTheChangeIsInTheAuditLog() throws Exception {
    try (var first = TestHandler.job(hub, name).with("every", "1h").handle(exchange -> {})) {
      assertThat(distance()).isEqualTo(Duration.ofHours(1));
    }
    try (var same = TestHandler.job(hub, name).with("every", "1h").handle(exchange -> {})) {
      assertThat(changes()).isEmpty();
    }
    try (var other =
        TestHandler.job(hub, name)
            .with("every", "2h")
            .with("overlap", "cancel")
            .handle(exchange -> {})) {
      assertThat(distance()).isEqualTo(Duration.ofHours(2));
      JsonNode change = changes().getFirst();
      assertThat(change.at("/parameters/before").asText()).contains("\"1h\"", "overlap skip");
      assertThat(change.at("/parameters/after").asText()).contains("\"2h\"", "overlap cancel");
    }
  }

  @Test
  void oneOfTheVersionBeforeIsWatchedFromNowOn() throws Exception {
    try (var before = TestHandler.job(hub, name).with("every", "1h").handle(exchange -> {})) {
      assertThat(before.id()).isNotEmpty();
    }
    hub.database()
        .sql(
            """
            update serai.job set expected_at = null,
              definition = definition - 'expectedWithin' - 'queue' where name = :name
            """)
        .param("name", name)
        .update();
    try (var same = TestHandler.job(hub, name).with("every", "1h").handle(exchange -> {})) {
      assertThat(same.id()).isNotEmpty();
      assertThat(changes()).isEmpty();
      assertThat(
              hub.database()
                  .sql("select expected_at > now() from serai.job where name = :name")
                  .param("name", name)
                  .query(Boolean.class)
                  .single())
          .isTrue();
    }
  }

  private Duration distance() {
    List<Instant> slots = hub.bean(JobTable.class).job(name).nextSlots();
    return Duration.between(slots.get(0), slots.get(1));
  }

  private List<JsonNode> changes() throws Exception {
    JsonNode calls =
        Api.of(hub).get("/api/v1/audit?key=routes&path=/api/v1/jobs/" + name).json().path("calls");
    return calls.valueStream().toList();
  }
}
