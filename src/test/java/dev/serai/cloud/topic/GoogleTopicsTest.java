package dev.serai.cloud.topic;

import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.cloud.google.GoogleHub;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;

/** Do topics do what routes rely on when Pub/Sub has them? */
class GoogleTopicsTest extends TopicContract {

  private static final PubsubFake PUBSUB = PubsubFake.shared();

  @BeforeAll
  static void theTopicsOfTheProgram() {
    PUBSUB.topic("payments");
  }

  @Override
  TestHub hub() {
    return GoogleHub.shared();
  }

  @Override
  void create(String topic) {
    PUBSUB.topic(topic);
  }

  @Override
  void create(String topic, String subscription) {
    PUBSUB.subscribe(topic, subscription);
  }

  @Override
  void awaitDeadLetter(String subscription, String messageId) {
    TestLog.of(hub()).awaitState(awaitEvent(hub(), subscription, messageId), subscription, "dead");
  }

  /** The event that a message has become. */
  static UUID awaitEvent(TestHub hub, String subscription, String messageId) {
    return await()
        .until(
            () ->
                hub.database()
                    .sql(
                        """
                        select id from serai.event where source = :source
                        and convert_from(body, 'UTF8')::jsonb ->> 'message_id' = :id
                        """)
                    .param("source", "topic/" + subscription)
                    .param("id", messageId)
                    .query(UUID.class)
                    .optional(),
            Optional::isPresent)
        .orElseThrow();
  }
}
