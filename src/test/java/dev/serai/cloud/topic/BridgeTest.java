package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.event.EventLog;
import dev.serai.event.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Do events get from one hub's log into another's, by a topic, once and not round? */
class BridgeTest extends Bridges {

  private NewEvent event(String subject, String json) {
    return new NewEvent(
        "stripe",
        type,
        UUID.randomUUID().toString(),
        subject,
        "acme",
        Instant.parse("2026-05-01T12:00:00Z"),
        "application/json",
        json.getBytes(StandardCharsets.UTF_8),
        null,
        null,
        UUID.fromString("01a20137-9f45-79d7-95b7-4d99754693b1"),
        3,
        null);
  }

  @Test
  void anEventIsInTheOtherLogWithAllThatItWasAndInTheOrderOfItsSubject() throws Exception {
    try (TestHub.Routes out = out(Hubs.north());
        TestHub.Routes in = in(Hubs.south(), TopicContract.name())) {
      assertThat(List.of(out, in)).doesNotContainNull();
      List<UUID> sent = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        sent.add(
            Hubs.north()
                .bean(EventLog.class)
                .appendAndWait(event("in_1", "{\"n\":%s}".formatted(i)))
                .id());
      }
      await().until(() -> rows(Hubs.south()).size() == 10);
      List<Map<String, Object>> got = rows(Hubs.south());
      assertThat(got.stream().map(row -> row.get("body")))
          .isEqualTo(IntStream.range(0, 10).mapToObj("{\"n\":%s}"::formatted).toList());
      assertThat(got.stream().map(row -> row.get("key")))
          .isEqualTo(sent.stream().map(UUID::toString).toList());
      assertThat(got.getFirst())
          .containsEntry("source", "stripe")
          .containsEntry("subject", "in_1")
          .containsEntry("workspace", "acme")
          .containsEntry("content_type", "application/json")
          .containsEntry("verified_by", "recovered:bridge:north")
          .containsEntry("hops", 4)
          .containsEntry("causation_id", UUID.fromString("01a20137-9f45-79d7-95b7-4d99754693b1"));
      assertThat(String.valueOf(got.getFirst().get("time"))).startsWith("2026-05-01");
    }
  }

  @Test
  void twoHubsThatBridgeToEachOtherSendNothingBack() throws Exception {
    String north = TopicContract.name();
    String south = TopicContract.name();
    try (TestHub.Routes a = out(Hubs.north());
        TestHub.Routes b = in(Hubs.north(), north);
        TestHub.Routes c = out(Hubs.south());
        TestHub.Routes d = in(Hubs.south(), south)) {
      assertThat(List.of(a, b, c, d)).doesNotContainNull();
      UUID one = TestLog.of(Hubs.north()).append(event("x", "{}")).id();
      UUID other = TestLog.of(Hubs.south()).append(event("x", "{}")).id();
      await().until(() -> rows(Hubs.north()).size() == 2 && rows(Hubs.south()).size() == 2);
      TestLog.of(Hubs.north()).awaitState(one, "sink-bridge-to-topic-" + type, "done");
      TestLog.of(Hubs.south()).awaitState(other, "sink-bridge-to-topic-" + type, "done");
      // What each has brought in was looked at by its own bridge, and stayed.
      for (TestHub hub : List.of(Hubs.north(), Hubs.south())) {
        for (Map<String, Object> row : rows(hub)) {
          TestLog.of(hub)
              .awaitState(
                  UUID.fromString(String.valueOf(row.get("id"))),
                  "sink-bridge-to-topic-" + type,
                  "done");
        }
      }
      await().until(() -> PubsubFake.shared().subscription(north).backlog() == 0);
      await().until(() -> PubsubFake.shared().subscription(south).backlog() == 0);
      assertThat(published()).isEqualTo(2);
      assertThat(rows(Hubs.north())).hasSize(2);
      assertThat(rows(Hubs.south())).hasSize(2);
    }
  }

  private long published() {
    return PubsubFake.shared().requests().stream()
        .filter(request -> request.getTopic().equals(PubsubFake.topicPath(topic)))
        .mapToLong(request -> request.getMessagesCount())
        .sum();
  }

  @Test
  void aHubThatBridgesToItselfHasItsEventOnce() throws Exception {
    String subscription = TopicContract.name();
    try (TestHub.Routes out = out(Hubs.north());
        TestHub.Routes in = in(Hubs.north(), subscription)) {
      assertThat(List.of(out, in)).doesNotContainNull();
      UUID id = TestLog.of(Hubs.north()).append(event("x", "{}")).id();
      TestLog.of(Hubs.north()).awaitState(id, "sink-bridge-to-topic-" + type, "done");
      await()
          .until(() -> PubsubFake.shared().subscription(subscription).acknowledged().size() == 1);
      await().until(() -> TestLog.of(Hubs.north()).count(subscription, "done") == 1);
      assertThat(rows(Hubs.north())).hasSize(1);
      assertThat(published()).isEqualTo(1);
    }
  }

  @Test
  void aSensitiveEventDoesNotLeave() throws Exception {
    try (TestHub.Routes out = out(Hubs.north())) {
      assertThat(out).isNotNull();
      UUID id = TestLog.of(Hubs.north()).append(event("x", "{}").asSensitive()).id();
      TestLog.of(Hubs.north()).awaitState(id, "sink-bridge-to-topic-" + type, "done");
      assertThat(published()).isZero();
    }
  }
}
