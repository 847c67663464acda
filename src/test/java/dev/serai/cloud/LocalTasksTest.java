package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Do tasks do what routes rely on when the hub's own engine sends them? */
class LocalTasksTest extends TaskContract {

  @Override
  TestHub hub() {
    return TestHub.shared();
  }

  @Test
  void anAddressThatIsNotPublicIsReachedByNoTask() throws Exception {
    try (Tasks tasks = new Tasks(hub(), "https://10.1.2.3/secret", Map.of())) {
      UUID task = UUID.fromString(tasks.create("", "{}").path("name").asText());
      TestLog log = TestLog.of(hub());
      await().until(() -> !log.attempts(task, "task-queue-default").isEmpty());
      assertThat(log.attempts(task, "task-queue-default").getFirst().cause())
          .isEqualTo("ForbiddenDestinationException");
      assertThat(log.attempts(task, "task-queue-default").getFirst().detail())
          .contains("10.1.2.3", "serai.sinks.allow")
          .doesNotContain("/secret");
      tasks.delete(task.toString());
    }
  }

  @Test
  void aQueueThatHasNoRouteIsNamed() throws Exception {
    try (Partner partner = Partner.start();
        Tasks tasks = tasks(partner, Map.of("queue", "other"))) {
      assertThatThrownBy(() -> tasks.create("", "{}"))
          .hasMessageContaining("no route 'task-queue-other'");
    }
  }

  /** The key of an event that a Kamelet emits must be the same when its caller is tried again. */
  @Test
  void aDeliveryThatIsRepeatedMakesItsTaskAndItsMessageOnce() throws Exception {
    String topic = "test-" + UUID.randomUUID();
    try (Partner partner = Partner.start().answer(200);
        TestHandler handler =
            TestHandler.of(hub())
                .with("backoff", "20ms")
                .then(
                    """
                    - to: {id: '{id}-task', uri: 'kamelet:task-create', parameters: {url: '%s'}}
                    - to: {id: '{id}-say', uri: 'kamelet:topic-publish', parameters: {topic: %s}}
                    - throwException:
                        id: '{id}-again'
                        exceptionType: java.lang.IllegalStateException
                        message: again
                    """
                        .formatted(partner.url(), topic))
                .with("retries", 2)
                .handle(exchange -> {})) {
      handler.awaitState(handler.send(), "dead");
      await().until(() -> partner.posts().size() == 1);
      assertThat(
              hub()
                  .database()
                  .sql("select count(*) from serai.event where type = :type")
                  .param("type", "topic." + topic)
                  .query(Integer.class)
                  .single())
          .isEqualTo(1);
    }
  }
}
