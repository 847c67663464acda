package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.TestHub;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when Cloud Tasks can't be used, by a hub that runs all the same? */
class GoogleTasksDownTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "serai.google.project; acme-other-1; lacks the permission; serai.google.project",
        "serai.tasks.queue-prefix; other-; is not there; queues/other-default",
        "serai.tasks.location; ''; can't be used; SERAI_TASKS_LOCATION",
      })
  void theHubStartsAndHealthNamesQueuePermissionAndProperty(
      String property, String value, String told, String named) throws Exception {
    Map<String, String> settings = new TreeMap<>(TaskHub.settings());
    settings.put("serai.google.timeout", "2s");
    settings.put(property, value);
    try (TestHub hub = TaskHub.shared().another(settings);
        Tasks tasks = new Tasks(hub, "http://127.0.0.1:1/", Map.of())) {
      Exception failure = tasks.send(Tasks.name(), "{}").getException();
      assertThat(failure).hasMessageContaining(told).hasMessageContaining(named);
      assertThat(failure.getMessage()).contains("ueue", "default");
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                String health =
                    Api.of(hub).get("/health/detailed").json().findPath("tasks").toString();
                assertThat(health).contains(told, named);
              });
    }
  }
}
