package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleHub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Does a hub start that can't use Pub/Sub, and say why it can't? */
class TopicsDownTest {

  private static String problem(TestHub hub) throws Exception {
    GoogleHub.check(hub);
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(hub.url() + "/health/detailed"))
                  .header("Authorization", "Bearer " + TestHub.API_KEY)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode topics =
          new ObjectMapper().readTree(answer.body()).findPath("google").findPath("topics");
      return topics.path("problem").asText();
    }
  }

  private static TestHub start(Map<String, String> changed) {
    Map<String, String> all = new LinkedHashMap<>(Hubs.settings());
    all.putAll(changed);
    return TestHub.start(all);
  }

  @Test
  void inAnotherProjectItNamesWhatIsNotThereAndThePlaceToSetIt() throws Exception {
    try (TestHub hub = start(Map.of("serai.google.project", "acme-other-1"));
        Topic topic = new Topic(hub, TopicContract.name())) {
      await()
          .atMost(Duration.ofSeconds(25))
          .untilAsserted(
              () ->
                  assertThat(problem(hub))
                      .contains("projects/acme-other-1/topics/")
                      .contains("is not there")
                      .contains("parameter 'topic' of topic-publish")
                      .contains("serai.google.project"));
      assertThat(topic.send("1", "key", Map.of()).getException())
          .hasMessageContaining("projects/acme-other-1/topics/" + topic.name());
    }
  }

  @Test
  void whatIsMissingIsMadeIfThatIsAskedFor() throws Exception {
    try (TestHub hub = start(Map.of("serai.topics.create", "true"));
        Topic topic = new Topic(hub, TopicContract.name())) {
      PubsubFake pubsub = PubsubFake.shared();
      pubsub.topic("payments");
      topic.publish("0", "key", Map.of());
      assertThat(pubsub.hasTopic(topic.name())).isTrue();
      String subscription = TopicContract.name();
      Topic.Received received = topic.subscribe(subscription);
      await().until(() -> pubsub.hasSubscription(subscription));
      assertThat(pubsub.subscription(subscription).definition().getEnableMessageOrdering())
          .isTrue();
      topic.publish("1", "key", Map.of());
      await().until(() -> received.all().size() == 1);
      await()
          .atMost(Duration.ofSeconds(25))
          .untilAsserted(() -> assertThat(problem(hub)).isEqualTo("none"));
      pubsub.forbid(PubsubFake.subscriptionPath(subscription));
      await()
          .atMost(Duration.ofSeconds(25))
          .untilAsserted(
              () ->
                  assertThat(problem(hub))
                      .contains("Subscription projects/acme-test-1/subscriptions/" + subscription)
                      .contains("lacks the permission pubsub.subscriptions.consume")
                      .contains("parameter 'subscription' of topic-source"));
    }
  }
}
