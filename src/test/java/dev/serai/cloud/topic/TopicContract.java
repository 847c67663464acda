package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What do routes rely on when they publish to a topic and take its messages, on every cloud? */
abstract class TopicContract {

  abstract TestHub hub();

  /** Makes sure that there is a topic of this name. */
  abstract void create(String topic) throws Exception;

  /** Makes sure that there is a subscription of this name, where routes don't make it. */
  void create(String topic, String subscription) throws Exception {}

  /** Waits until a message was given up for a subscription. */
  abstract void awaitDeadLetter(String subscription, String messageId);

  Topic topic() throws Exception {
    String name = name();
    create(name);
    return new Topic(hub(), name).with(this::create);
  }

  static String name() {
    return "test-" + UUID.randomUUID();
  }

  @Test
  void aMessageIsReceivedWithAllThatItWasPublishedWith() throws Exception {
    try (Topic topic = topic()) {
      String subscription = name();
      Topic.Received received = topic.subscribe(subscription);
      Instant before = Instant.now();
      String id = topic.publish("{\"a\":\"na\u00efve\"}", "key-1", Map.of("x", "1", "y", "a|b=c"));
      await().until(() -> received.all().size() == 1);
      Topic.Message message = received.all().getFirst();
      assertThat(message.body()).isEqualTo("{\"a\":\"na\u00efve\"}");
      assertThat(message.eventId()).isEqualTo(id);
      assertThat(message.about("id")).isEqualTo(id);
      assertThat(message.about("topic")).isEqualTo(topic.name());
      assertThat(message.about("subscription")).isEqualTo(subscription);
      assertThat(message.about("attributes")).isEqualTo(Map.of("x", "1", "y", "a|b=c"));
      assertThat(message.about("orderingKey")).isEqualTo("key-1");
      assertThat(message.about("attempt")).isEqualTo(1);
      assertThat((Instant) message.about("publishTime"))
          .isBetween(before.minusSeconds(60), Instant.now().plusSeconds(60));
    }
  }

  @Test
  void bytesAreReceivedAsTheyWere() throws Exception {
    try (Topic topic = topic()) {
      Topic.Received received = topic.subscribe(name());
      topic.publish(new byte[] {0, 1, -1}, "", Map.of());
      await().until(() -> received.all().size() == 1);
      assertThat(received.bodies()).containsExactly(new byte[] {0, 1, -1});
    }
  }

  @Test
  void everySubscriptionGetsEveryMessageFromItsBeginningOn() throws Exception {
    try (Topic topic = topic()) {
      Topic.Received first = topic.subscribe(name());
      topic.publish("1", "", Map.of());
      await().until(() -> first.all().size() == 1);
      Topic.Received second = topic.subscribe(name());
      topic.publish("2", "", Map.of());
      await().until(() -> second.all().size() == 1 && first.all().size() == 2);
      assertThat(first.bodies()).containsExactly("1", "2");
      assertThat(second.bodies()).containsExactly("2");
    }
  }

  @Test
  void messagesOfOneKeyAreReceivedInTheirOrderOneAtATimeWhateverFails() throws Exception {
    Set<Object> failed = ConcurrentHashMap.newKeySet();
    Set<Object> running = ConcurrentHashMap.newKeySet();
    Set<Object> together = ConcurrentHashMap.newKeySet();
    try (Topic topic = topic()) {
      Topic.Received received =
          topic.subscribe(
              name(),
              "",
              exchange -> {
                Object key = exchange.getVariable("message", Map.class).get("orderingKey");
                if (!running.add(key)) {
                  together.add(key);
                }
                String body = exchange.getMessage().getBody(String.class);
                boolean fails = body.endsWith("3") && failed.add(body);
                running.remove(key);
                if (fails) {
                  throw new IllegalStateException("not yet");
                }
              });
      for (int i = 0; i < 10; i++) {
        for (String key : List.of("a", "b")) {
          topic.publish(key + i, key, Map.of());
        }
      }
      await().until(() -> received.all().size() == 22);
      for (String key : List.of("a", "b")) {
        List<String> expected =
            IntStream.of(0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9).mapToObj(i -> key + i).toList();
        assertThat(received.bodies().stream().filter(body -> body.toString().startsWith(key)))
            .isEqualTo(expected);
      }
      assertThat(together).isEmpty();
    }
  }

  @Test
  void aMessageWhoseRouteFailsComesAgainAndIsADeadLetterInTheEnd() throws Exception {
    try (Topic topic = topic()) {
      String subscription = name();
      Topic.Received received =
          topic.subscribe(
              subscription,
              ", retries: 2",
              exchange -> {
                throw new IllegalStateException("never");
              });
      String id = topic.publish("1", "", Map.of());
      awaitDeadLetter(subscription, id);
      assertThat(received.all().stream().map(message -> message.about("attempt")))
          .containsExactly(1, 2, 3);
      assertThat(received.all().stream().map(Topic.Message::eventId)).containsOnly(id);
    }
  }

  @Test
  void theCallerKeepsItsMessageAndGetsTheResult() throws Exception {
    try (Topic topic = topic()) {
      Exchange sent = topic.send("mine", "key", Map.of("x", "1"));
      assertThat(sent.getException()).isNull();
      assertThat(sent.getMessage().getBody()).isEqualTo("mine");
      assertThat(sent.getMessage().getHeaders()).containsOnlyKeys("order", "about");
      assertThat(sent.getVariables()).containsOnlyKeys("serai.result");
      assertThat(sent.getProperties().keySet()).noneMatch(name -> name.startsWith("Serai"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1,   101, 1,    0,       101 attributes
          257, 1,   1,    0,       256 bytes
          1,   1,   1025, 0,       1025 bytes; a topic takes 1024
          1,   1,   1,    1025,    ordering key of 1025 bytes
          """)
  void whatIsBeyondALimitIsRefusedAndNamed(
      int name, int attributes, int value, int key, String told) throws Exception {
    Map<String, String> all =
        IntStream.range(0, attributes)
            .boxed()
            .collect(Collectors.toMap(i -> "a".repeat(name) + i, i -> "v".repeat(value)));
    try (Topic topic = topic()) {
      assertThat(topic.send("1", "k".repeat(key), all).getException()).hasMessageContaining(told);
    }
  }

  @Test
  void aMessageOfNothingAndOneOfTooMuchAreRefused() throws Exception {
    try (Topic topic = topic()) {
      assertThat(topic.send(null, "", Map.of()).getException())
          .hasMessageContaining("neither a body nor attributes");
      assertThat(topic.send(new byte[10_000_001], "", Map.of()).getException())
          .hasMessageContaining("10000001 bytes; a topic takes 10000000 bytes at most");
      assertThat(topic.send(null, "", Map.of("x", "1")).getException()).isNull();
    }
  }
}
