package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do topics do what routes rely on when the hub's own log has them? */
class LocalTopicsTest extends TopicContract {

  @Override
  TestHub hub() {
    return TestHub.shared();
  }

  @Override
  void create(String topic) {
    // It is a type of events: there is nothing to make.
  }

  @Override
  void awaitDeadLetter(String subscription, String messageId) {
    TestLog.of(hub()).awaitState(UUID.fromString(messageId), subscription, "dead");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "1abc", "google-news", "a/bc", "a..b", "abc.", "with space"})
  void aNameThatIsNoneIsRefusedWhenTheRouteIsLoaded(String name) {
    assertThatThrownBy(() -> new Topic(hub(), name))
        .hasStackTraceContaining("topic-publish: parameter 'topic' is '%s'".formatted(name))
        .hasStackTraceContaining("3 to 255 letters");
  }
}
