package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.google.GrpcFake;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Is a message published once, in its order, or not and said why, whatever Pub/Sub answers? */
class PublishFaultsTest {

  private static final String PUBLISH = "Publisher/Publish";
  private static final PubsubFake PUBSUB = PubsubFake.shared();
  private static final GrpcFake GRPC = GoogleHub.grpc();

  private final String name = TopicContract.name();
  private Topic topic;

  @BeforeEach
  void open() throws Exception {
    PUBSUB.topic(name);
    topic = new Topic(Hubs.north(), name);
  }

  @AfterEach
  void close() throws Exception {
    GRPC.heal();
    PUBSUB.latency(Duration.ZERO);
    topic.close();
  }

  private List<String> published() {
    return PUBSUB.requests().stream()
        .filter(request -> request.getTopic().equals(PubsubFake.topicPath(name)))
        .flatMap(request -> request.getMessagesList().stream())
        .map(message -> message.getData().toStringUtf8())
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"RESOURCE_EXHAUSTED", "INTERNAL", "UNAVAILABLE", "ABORTED"})
  void whatPassesIsTriedAgainWithinTheTime(Status.Code code) throws Exception {
    GRPC.fail(2, PUBLISH, code.toStatus());
    assertThat(topic.publish("1", "key", Map.of())).isNotEmpty();
    assertThat(published()).containsExactly("1");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"RESOURCE_EXHAUSTED", "INTERNAL", "UNAVAILABLE"})
  void whatLastsFailsTheStepAndTheKeyCanBePublishedToAgain(Status.Code code) throws Exception {
    GRPC.fail(100, PUBLISH, code.toStatus().withDescription("not now"));
    Exchange sent = topic.send("1", "key", Map.of());
    assertThat(sent.getException())
        .hasMessageContaining(PubsubFake.topicPath(name))
        .hasMessageContaining("parameter 'topic' of topic-publish")
        .hasMessageContaining("%s: not now".formatted(code));
    GRPC.heal();
    topic.publish("2", "key", Map.of());
    assertThat(published()).containsExactly("2");
  }

  @Test
  void aServiceThatDoesNotAnswerFailsTheStepInTime() throws Exception {
    GRPC.slow(10, PUBLISH, Duration.ofMinutes(1));
    long begin = System.nanoTime();
    assertThat(topic.send("1", "key", Map.of()).getException())
        .hasMessageContaining("can't be reached now")
        .hasMessageContaining(PubsubFake.topicPath(name));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    GRPC.heal();
    topic.publish("2", "key", Map.of());
  }

  @Test
  void aRefusalIsToldAtOnceWithThePermissionAndTheProperty() {
    GRPC.fail(1, PUBLISH, Status.UNAUTHENTICATED.withDescription("token expired"));
    assertThat(topic.send("1", "key", Map.of()).getException())
        .hasMessageContaining("serai.google.credentials")
        .hasMessageContaining("token expired");
    PUBSUB.forbid(PubsubFake.topicPath(name));
    assertThat(topic.send("1", "", Map.of()).getException())
        .hasMessageContaining("projects/acme-test-1/topics/" + name)
        .hasMessageContaining("pubsub.topics.publish")
        .hasMessageContaining("parameter 'topic' of topic-publish");
  }

  @Test
  void aTopicThatIsMissingIsNamed() throws Exception {
    String missing = TopicContract.name();
    try (Topic none = new Topic(Hubs.north(), missing)) {
      assertThatThrownBy(() -> none.publish("1", "", Map.of()))
          .hasMessageContaining(
              "Topic projects/acme-test-1/topics/%s is not there; make it".formatted(missing));
    }
  }

  @Test
  void aMessageWhoseAnswerIsLostIsPublishedTwiceAndReceivedOnce() throws Exception {
    PUBSUB.subscribe(name, name);
    Topic.Received received = topic.subscribe(name);
    PUBSUB.loseAnswer();
    topic.publish("1", "key", Map.of());
    topic.publish("2", "key", Map.of());
    await().until(() -> received.all().size() == 2);
    assertThat(published()).containsExactly("1", "1", "2");
    await().until(() -> PUBSUB.subscription(name).backlog() == 0);
    assertThat(received.bodies()).containsExactly("1", "2");
    assertThat(received.all())
        .allSatisfy(message -> assertThat((Map<?, ?>) message.about("attributes")).isEmpty());
  }

  @Test
  void theKeyThatARouteGivesLetsOneMessageBeReceived() throws Exception {
    PUBSUB.subscribe(name, name);
    Topic.Received received = topic.subscribe(name);
    try (Topic keyed = new Topic(Hubs.north(), name, "key: '${body}-shipped'")) {
      keyed.publish("1", "", Map.of());
      keyed.publish("1", "", Map.of());
      keyed.publish("2", "", Map.of());
    }
    await().until(() -> PUBSUB.subscription(name).acknowledged().size() == 3);
    await().until(() -> received.all().size() == 2);
    assertThat(received.bodies()).containsExactlyInAnyOrder("1", "2");
  }

  /**
   * Camel's component warns of order and does not resume: a key that failed once fails for ever.
   */
  @Test
  void theOrderOfAKeyHoldsWhileItsMessagesFailAndAreTriedAgain() throws Exception {
    for (int i = 0; i < 10; i++) {
      if (i % 3 == 0) {
        GRPC.fail(1, PUBLISH, Status.FAILED_PRECONDITION);
      }
      while (topic.send(String.valueOf(i), "key", Map.of()).getException() != null) {
        // As the engine does it: the next of the key waits for this one.
      }
    }
    assertThat(published()).isEqualTo(IntStream.range(0, 10).mapToObj(String::valueOf).toList());
  }

  /** Camel's component waits for each message by itself. */
  @Test
  void messagesThatArePublishedSideBySideGoInOneRequest() throws Exception {
    PUBSUB.latency(Duration.ofMillis(20));
    ConcurrentHashMap<String, String> ids = new ConcurrentHashMap<>();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 200; i++) {
        String body = String.valueOf(i);
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  Exchange sent = topic.send(body, "", Map.of());
                  assertThat(sent.getException()).isNull();
                  ids.put(body, sent.getVariable("serai.result", String.class));
                },
                threads));
      }
      all.forEach(CompletableFuture::join);
    }
    assertThat(published()).hasSize(200);
    assertThat(ids.values()).doesNotHaveDuplicates().hasSize(200);
    long requests =
        PUBSUB.requests().stream()
            .filter(request -> request.getTopic().equals(PubsubFake.topicPath(name)))
            .count();
    assertThat(requests).isLessThan(100);
  }

  /** Camel's caches of publishers are made before their options are read. */
  @Test
  void allRoutesShareOnePublisherOfATopicForAsLongAsTheHubRuns() throws Exception {
    topic.publish("1", "", Map.of());
    Publishers publishers = Hubs.north().bean(Publishers.class);
    Object first = publishers.of(name);
    try (Topic other = new Topic(Hubs.north(), name)) {
      other.publish("2", "", Map.of());
    }
    assertThat(publishers.of(name)).isSameAs(first);
  }
}
