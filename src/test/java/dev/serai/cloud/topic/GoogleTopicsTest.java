package dev.serai.cloud.topic;

import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.cloud.google.GoogleHub;
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
    TestLog.of(hub()).awaitState(event(hub(), subscription, messageId), subscription, "dead");
  }

  /** The event that a message has become. */
  static UUID event(TestHub hub, String subscription, String messageId) {
    return hub.database()
        .sql(
            """
            select id from serai.event
            where source = :source and body like '%"message_id":"' || :id || '"%'
            """
                .replace("body like", "convert_from(body, 'UTF8') like"))
        .param("source", "topic/" + subscription)
        .param("id", messageId)
        .query(UUID.class)
        .single();
  }
}
