package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.cloud.google.GoogleHub;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Do topics do what routes rely on when Google's own emulator has them? */
class EmulatorTopicsTest extends TopicContract {

  private static Emulator emulator;
  private static TestHub hub;

  @BeforeAll
  static void start() throws Exception {
    Optional<Emulator> found = Emulator.find();
    if (found.isEmpty()) {
      System.out.println(Emulator.MISSING);
    }
    Assumptions.assumeTrue(found.isPresent(), Emulator.MISSING);
    emulator = found.get();
    Map<String, String> settings = new LinkedHashMap<>(GoogleHub.settings());
    settings.put("serai.google.pubsub-endpoint", emulator.endpoint());
    hub = TestHub.start(settings);
    hub.bean(Pubsub.class).createTopic("payments");
  }

  @AfterAll
  static void stop() {
    if (hub != null) {
      hub.close();
    }
    if (emulator != null) {
      emulator.close();
    }
  }

  @Override
  TestHub hub() {
    return hub;
  }

  @Override
  void create(String topic) {
    hub.bean(Pubsub.class).createTopic(topic);
  }

  @Override
  void create(String topic, String subscription) {
    hub.bean(Pubsub.class).createSubscription(topic, subscription);
  }

  @Override
  void awaitDeadLetter(String subscription, String messageId) {
    TestLog.of(hub)
        .awaitState(
            GoogleTopicsTest.awaitEvent(hub, subscription, messageId), subscription, "dead");
  }

  @Test
  void itIsFoundByItsAddressAsTheServiceInThisProcessIs() {
    assertThat(Emulator.at("localhost:8085").endpoint()).isEqualTo("http://localhost:8085");
    assertThat(Emulator.at("in-process").endpoint()).isEqualTo(GoogleHub.grpc().url());
  }
}
