package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.google.GoogleTasks;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of tasks when Cloud Tasks fails, and what is said of it? */
@Isolated
class GoogleTaskFaultsTest {

  private static TestHub hub;

  @BeforeAll
  static void open() {
    Map<String, String> settings = new TreeMap<>(TaskHub.settings());
    settings.put("serai.google.timeout", "3s");
    settings.put("serai.tasks.hand-over", "3s");
    settings.put("serai.tasks.audience", "");
    hub = TaskHub.shared().another(settings);
  }

  @AfterAll
  static void close() {
    hub.close();
  }

  @AfterEach
  void heal() {
    GoogleHub.grpc().heal();
    GoogleTasks.service().loseAnswers(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESOURCE_EXHAUSTED", "INTERNAL", "UNAVAILABLE"})
  void whatPassesIsNotNoticed(String code) throws Exception {
    GoogleHub.grpc().fail(2, "CreateTask", Status.fromCode(Status.Code.valueOf(code)));
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks = new Tasks(hub, partner.url(), Map.of("onExists", "fail"))) {
      assertThat(tasks.create(Tasks.name(), "{}").path("status").asText()).isEqualTo("created");
      await().until(() -> partner.posts().size() == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "RESOURCE_EXHAUSTED",
        "INTERNAL",
        "UNAVAILABLE",
        "UNAUTHENTICATED",
        "PERMISSION_DENIED"
      })
  void whatStaysFailsTheStepAndNamesQueueAndProperty(Status.Code code) throws Exception {
    GoogleHub.grpc().fail(100, "CreateTask", Status.fromCode(code).withDescription("so it is"));
    try (Tasks tasks = new Tasks(hub, "http://127.0.0.1:1/", Map.of())) {
      Exception failure = tasks.send(Tasks.name(), "{}").getException();
      assertThat(failure)
          .hasMessageContaining("projects/acme-test-1/locations/asia-south1/queues/default")
          .hasMessageContaining("serai.tasks.location")
          .hasMessageContaining("so it is");
      if (code == Status.Code.PERMISSION_DENIED) {
        assertThat(failure).hasMessageContaining("cloudtasks.tasks.create");
      }
    }
  }

  @Test
  void aServiceThatHangsIsGivenUpInTime() throws Exception {
    GoogleHub.grpc().slow(100, "CreateTask", Duration.ofSeconds(60));
    try (Tasks tasks = new Tasks(hub, "http://127.0.0.1:1/", Map.of())) {
      assertThat(tasks.send(Tasks.name(), "{}").getException())
          .hasMessageContaining("can't be reached");
    }
  }

  @Test
  void aTaskWhoseAnswerWasLostIsMadeOnceAndIsOurs() throws Exception {
    GoogleTasks.service().loseAnswers(1);
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks =
            new Tasks(hub, partner.url(), Map.of("onExists", "fail", "delay", "2500ms"))) {
      assertThat(tasks.create(Tasks.name(), "{}").path("status").asText()).isEqualTo("created");
      GoogleTasks.service().loseAnswers(1);
      assertThat(tasks.create("", "{}").path("status").asText()).isEqualTo("created");
      await().until(() -> partner.posts().size() == 2);
    }
  }

  /** One that is done at once is not found again, and may be another's: nothing is claimed. */
  @Test
  void aTaskWhoseAnswerWasLostAndThatIsDoneIsNotMadeAgain() throws Exception {
    GoogleTasks.service().loseAnswers(1);
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks = new Tasks(hub, partner.url(), Map.of())) {
      String name = Tasks.name();
      assertThat(tasks.create(name, "{}").path("status").asText()).isIn("created", "exists");
      assertThat(tasks.create(name, "{}").path("status").asText()).isEqualTo("exists");
      await().until(() -> !partner.posts().isEmpty());
      assertThat(partner.posts()).hasSize(1);
    }
  }

  /** Those without a name are named by the delivery that makes them. */
  @Test
  void aDeliveryThatIsRepeatedMakesItsTaskOnce() throws Exception {
    try (Partner partner = Partner.start().answer(200);
        TestHandler handler =
            TestHandler.of(hub)
                .with("backoff", "20ms")
                .then(
                    """
                    - to: {id: '{id}-task', uri: 'kamelet:task-create', parameters: {url: '%s'}}
                    - throwException:
                        id: '{id}-again'
                        exceptionType: java.lang.IllegalStateException
                        message: again
                    """
                        .formatted(partner.url()))
                .with("retries", 2)
                .handle(exchange -> {})) {
      handler.awaitState(handler.send(), "dead");
      await().until(() -> partner.posts().size() == 1);
      assertThat(partner.posts()).hasSize(1);
    }
  }

  @Test
  void aTaskOfTheFarFutureIsHeldAndHandedOver() throws Exception {
    String name = Tasks.name();
    try (Partner partner = Partner.start().answer(200);
        Tasks later = new Tasks(hub, partner.url(), Map.of("delay", "6s"));
        Tasks now = new Tasks(hub, partner.url(), Map.of())) {
      assertThat(later.create(name, "far").path("status").asText()).isEqualTo("created");
      assertThat(GoogleTasks.service().tasks().keySet()).noneMatch(task -> task.endsWith(name));
      assertThat(now.create(name, "near").path("status").asText()).isEqualTo("exists");
      assertThat(later.create(name, "far").path("status").asText()).isEqualTo("exists");
      UUID unnamed = UUID.fromString(later.create("", "unnamed").path("name").asText());
      TestLog.of(hub).awaitState(unnamed, "task-later", "done");
      assertThat(GoogleTasks.service().tasks().keySet())
          .anyMatch(task -> task.endsWith(name))
          .anyMatch(task -> task.endsWith(unnamed.toString()));
      await().atMost(Duration.ofSeconds(20)).until(() -> partner.posts().size() == 2);
      assertThat(partner.posts().stream().map(Partner.Post::text))
          .containsExactlyInAnyOrder("far", "unnamed");
      assertThat(now.create(name, "near").path("status").asText()).isEqualTo("exists");
    }
  }

  @Test
  void aTaskThatIsHeldCanBeDeleted() throws Exception {
    String name = Tasks.name();
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks = new Tasks(hub, partner.url(), Map.of("delay", "400d"))) {
      tasks.create(name, "{}");
      String unnamed = tasks.create("", "{}").path("name").asText();
      assertThat(tasks.delete(name).path("status").asText()).isEqualTo("deleted");
      assertThat(tasks.delete(unnamed).path("status").asText()).isEqualTo("deleted");
      assertThat(tasks.delete(name).path("status").asText()).isEqualTo("missing");
      assertThat(tasks.create(name, "{}").path("status").asText()).isEqualTo("exists");
    }
  }

  @Test
  void aTokenIsForTheUrlThatItIsShownTo() throws Exception {
    try (Partner partner = Partner.start().answer(200);
        Tasks tasks = new Tasks(hub, partner.url() + "?a=1", Map.of())) {
      tasks.create("", "{}");
      await().until(() -> partner.posts().size() == 1);
      String shown = partner.posts().getFirst().header("Authorization");
      assertThat(SignedJWT.parse(shown.replace("Bearer ", "")).getJWTClaimsSet().getAudience())
          .containsExactly(partner.url() + "?a=1");
    }
  }

  @Test
  void aQueueThatIsMissingIsNamed() throws Exception {
    try (Tasks tasks = new Tasks(hub, "http://127.0.0.1:1/", Map.of("queue", "other"))) {
      assertThatThrownBy(() -> tasks.create("", "{}"))
          .hasMessageContaining("queues/other' is not there")
          .hasMessageContaining("serai.tasks.location");
    }
  }
}
