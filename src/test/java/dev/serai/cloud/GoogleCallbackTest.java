package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.TestLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Does a callback of Cloud Tasks come to a hub once, with a token that proves whose it is? */
class GoogleCallbackTest {

  @Test
  void anOrderIsCalledBackOnceAndACancelledOneNever() throws Exception {
    TestHub receiver = TaskHub.shared();
    String order = UUID.randomUUID().toString();
    String cancelled = UUID.randomUUID().toString();
    try (TestHub.Routes receiving = receiver.routes(TaskHub.example("google-tasks"))) {
      assertThat(receiving).isNotNull();
      Map<String, String> settings = new TreeMap<>(TaskHub.settings());
      settings.put("partner.callback-url", receiver.url() + "/webhooks/google-tasks");
      settings.put("partner.callback-delay", "4s");
      try (TestHub planner = receiver.another(settings);
          TestHub.Routes planning = planner.routes(TaskHub.example("delayed-callback"))) {
        assertThat(planning).isNotNull();
        TestLog log = TestLog.of(planner);
        log.awaitState(append(log, "order.placed", cancelled), "sink-callback", "done");
        UUID event = append(log, "order.cancelled", cancelled);
        log.awaitState(event, "sink-callback-cancel", "done");
        assertThat(log.delivery(event, "sink-callback-cancel").result())
            .contains("\"status\":\"deleted\"");
        log.awaitState(append(log, "order.placed", order), "sink-callback", "done");
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> received(order).size() == 1);
      assertThat(received(order)).containsExactly("google-tasks.default");
      assertThat(received(cancelled)).isEmpty();
    }
  }

  private static UUID append(TestLog log, String type, String order) {
    return log.append(TestLog.event(type, order)).id();
  }

  private static List<String> received(String order) {
    return TaskHub.shared()
        .database()
        .sql("select type from serai.event where source = 'google-tasks' and subject = :name")
        .param("name", "callback-" + order)
        .query(String.class)
        .list();
  }
}
