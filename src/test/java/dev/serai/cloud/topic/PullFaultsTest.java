package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PubsubMessage;
import com.zaxxer.hikari.HikariDataSource;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.cloud.google.GoogleHub;
import io.grpc.Status;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Is every message handled once, and acknowledged only when it can't be lost any more? */
class PullFaultsTest {

  private static final PubsubFake PUBSUB = PubsubFake.shared();

  private final String name = TopicContract.name();
  private Topic topic;
  private FakeSubscription subscription;

  @BeforeEach
  void open() throws Exception {
    PUBSUB.topic(name);
    subscription = PUBSUB.subscribe(name, name);
    topic = new Topic(Hubs.north(), name);
  }

  @AfterEach
  void close() throws Exception {
    subscription.loseAcks(false);
    GoogleHub.grpc().heal();
    topic.close();
  }

  static List<PubsubMessage> messages(int count, String key) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                PubsubMessage.newBuilder()
                    .setMessageId(UUID.randomUUID().toString())
                    .setOrderingKey(key)
                    .setPublishTime(
                        Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond()))
                    .setData(ByteString.copyFromUtf8(String.valueOf(i)))
                    .build())
        .toList();
  }

  private static List<Object> numbers(int count) {
    return IntStream.range(0, count).<Object>mapToObj(String::valueOf).toList();
  }

  @Test
  void nothingIsAcknowledgedWhileTheLogCanNotBeWritten() throws Exception {
    Topic.Received received = topic.subscribe(name);
    try (HikariDataSource pool = Hubs.north().connections(1);
        Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      // As if the database did not answer: no append gets on.
      statement.execute("lock table serai.event_key in access exclusive mode");
      subscription.addAll(messages(5, "key"));
      await().until(() -> subscription.outstanding() == 5);
      await().during(Duration.ofSeconds(1)).until(() -> subscription.acknowledged().isEmpty());
      assertThat(received.all()).isEmpty();
      connection.rollback();
    }
    await().until(() -> subscription.acknowledged().size() == 5);
    await().until(() -> received.all().size() == 5);
    assertThat(received.bodies()).isEqualTo(numbers(5));
  }

  /** The hub is killed after the commit and before Pub/Sub knows of it. */
  @Test
  void aMessageWhoseAcknowledgementIsLostIsHandledOnce() throws Exception {
    Topic.Received received = topic.subscribe(name);
    subscription.loseAcks(true);
    subscription.addAll(messages(20, "key"));
    await().until(() -> received.all().size() == 20);
    assertThat(subscription.acknowledged()).isEmpty();
    subscription.loseAcks(false);
    subscription.cut(Status.UNAVAILABLE);
    await().until(() -> subscription.backlog() == 0);
    assertThat(subscription.sendings()).isGreaterThanOrEqualTo(40);
    assertThat(received.bodies()).isEqualTo(numbers(20));
    assertThat(TestLog.of(Hubs.north()).count(name, "done")).isEqualTo(20);
  }

  @Test
  void messagesThatComeTwiceAndOutOfOrderAreHandledOnce() throws Exception {
    Topic.Received received = topic.subscribe(name);
    subscription.sendTwiceAndBackwards();
    subscription.addAll(messages(100, ""));
    await().until(() -> subscription.backlog() == 0 && received.all().size() >= 100);
    await().until(() -> TestLog.of(Hubs.north()).count(name, "done") == 100);
    assertThat(received.bodies()).containsExactlyInAnyOrderElementsOf(numbers(100));
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {
        "UNAVAILABLE",
        "INTERNAL",
        "RESOURCE_EXHAUSTED",
        "UNAUTHENTICATED",
        "PERMISSION_DENIED"
      })
  void aStreamThatEndsIsOpenedAgainAndNothingIsLost(Status.Code code) throws Exception {
    Topic.Received received = topic.subscribe(name);
    subscription.addAll(messages(10, "key"));
    await().until(() -> received.all().size() == 10);
    await().until(() -> subscription.streams() == 1);
    subscription.cut(code.toStatus());
    await().until(() -> subscription.streams() == 1);
    topic.publish("10", "key", Map.of());
    await().until(() -> received.all().size() == 11);
    assertThat(received.bodies()).isEqualTo(numbers(11));
  }

  /** Camel's receivers hand on every part of a message but its ordering key. */
  @Test
  void theOrderingKeyIsReceived() throws Exception {
    Topic.Received received = topic.subscribe(name);
    topic.publish("1", "key-1", Map.of());
    await().until(() -> received.all().size() == 1);
    assertThat(received.all().getFirst().about("orderingKey")).isEqualTo("key-1");
  }

  @Test
  void aSubscriptionThatAppearsLaterIsTakenThen() throws Exception {
    String later = TopicContract.name();
    Topic.Received received = topic.subscribe(later);
    await().during(Duration.ofMillis(500)).until(() -> received.all().isEmpty());
    PUBSUB.subscribe(name, later);
    topic.publish("1", "", Map.of());
    await().until(() -> received.all().size() == 1);
  }

  @Test
  void aMessageThatNoLogCanKeepIsRefusedAndToldOfAndTheOthersAreTaken() throws Exception {
    Topic.Received received = topic.subscribe(name);
    PubsubMessage poisoned =
        messages(1, "key").getFirst().toBuilder()
            .setPublishTime(Timestamp.newBuilder().setSeconds(253_402_300_799_000L / 10))
            .build();
    List<PubsubMessage> others = messages(2, "key");
    subscription.addAll(List.of(others.getFirst(), poisoned, others.getLast()));
    await().until(() -> subscription.backlog() == 0);
    await().until(() -> received.all().size() == 2);
    Map<String, Object> refusal =
        Hubs.north()
            .database()
            .sql(
                """
                select convert_from(body, 'UTF8')::jsonb ->> 'cause' as cause,
                  convert_from(body, 'UTF8')::jsonb ->> 'message_id' as id
                from serai.event where type = 'message.refused' and subject = :subscription
                """)
            .param("subscription", name)
            .query()
            .singleRow();
    assertThat(refusal).containsEntry("cause", "attribute");
    assertThat(refusal).containsEntry("id", poisoned.getMessageId());
  }

  @Test
  void twoHubsPullOneSubscriptionAndAnswerForAllOfIt() throws Exception {
    Topic.Received here = topic.subscribe(name);
    List<PubsubMessage> flow = messages(300, "");
    TestHub second = Hubs.north().another(Hubs.settings());
    try {
      Topic other = new Topic(second, name);
      Topic.Received there = other.subscribe(name);
      await().until(() -> subscription.streams() == 2);
      subscription.addAll(flow.subList(0, 150));
      await().until(() -> !there.all().isEmpty());
      second.close();
      subscription.addAll(flow.subList(150, 300));
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> TestLog.of(Hubs.north()).count(name, "done") == 300);
      // What the other had not told before it ended is sent again, and known.
      await().atMost(Duration.ofSeconds(40)).until(() -> subscription.backlog() == 0);
      assertThat(here.all().size() + there.all().size()).isGreaterThanOrEqualTo(300);
    } finally {
      second.close();
    }
  }
}
