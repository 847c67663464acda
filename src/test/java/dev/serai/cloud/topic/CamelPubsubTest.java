package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.pubsub.v1.Publisher;
import dev.serai.cloud.google.GoogleHub;
import io.grpc.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.google.pubsub.GooglePubsubComponent;
import org.apache.camel.component.google.pubsub.GooglePubsubConstants;
import org.apache.camel.component.google.pubsub.GooglePubsubEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Why are topics not done by Camel's own component? When a test fails here it can do what it could
 * not, and decision 57 is to be looked at again.
 */
class CamelPubsubTest {

  private static final PubsubFake PUBSUB = PubsubFake.shared();

  private final String name = TopicContract.name();
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() {
    PUBSUB.topic(name);
    GooglePubsubComponent component = new GooglePubsubComponent();
    component.setEndpoint(URI.create(GoogleHub.grpc().url()).getAuthority());
    component.setAuthenticate(false);
    component.setPublisherCacheSize(1);
    camel.addComponent("google-pubsub", component);
    camel.start();
  }

  @AfterEach
  void stop() throws Exception {
    GoogleHub.grpc().heal();
    camel.close();
  }

  private String uri(String destination, String options) {
    return "google-pubsub:%s:%s%s".formatted(GoogleHub.PROJECT, destination, options);
  }

  private GooglePubsubEndpoint endpoint(String topic, String options) {
    return camel.getEndpoint(uri(topic, options), GooglePubsubEndpoint.class);
  }

  private static Map<String, Object> key(String key) {
    return Map.of(GooglePubsubConstants.ORDERING_KEY, key);
  }

  @Test
  void itsReceiverHasNoOrderingKey() throws Exception {
    PUBSUB.subscribe(name, name);
    List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from(uri(name, ""))
                .process(exchange -> received.add(exchange.getMessage().getHeaders()));
          }
        });
    try (ProducerTemplate producer = camel.createProducerTemplate()) {
      producer.sendBodyAndHeaders(
          uri(name, "?messageOrderingEnabled=true&pubsubEndpoint=" + authority()),
          "1",
          key("key-1"));
    }
    await().until(() -> received.size() == 1);
    assertThat(received.getFirst()).doesNotContainValue("key-1");
  }

  private static String authority() {
    return URI.create(GoogleHub.grpc().url()).getAuthority();
  }

  @Test
  void itsCacheIsMadeBeforeItsSizeIsKnown() throws Exception {
    GooglePubsubComponent component =
        camel.getComponent("google-pubsub", GooglePubsubComponent.class);
    String other = TopicContract.name();
    Publisher first = component.getPublisher(PubsubFake.topicPath(name), endpoint(name, ""));
    component.getPublisher(PubsubFake.topicPath(other), endpoint(other, ""));
    assertThat(component.getPublisherCacheSize()).isEqualTo(1);
    assertThat(component.getPublisher(PubsubFake.topicPath(name), endpoint(name, "")))
        .isSameAs(first);
  }

  @Test
  void aKeyOfItsPublisherThatFailedOnceFailsFromThenOn() throws Exception {
    String uri = uri(name, "?messageOrderingEnabled=true&pubsubEndpoint=" + authority());
    try (ProducerTemplate producer = camel.createProducerTemplate()) {
      GoogleHub.grpc().fail(1, "Publisher/Publish", Status.FAILED_PRECONDITION);
      for (int i = 0; i < 3; i++) {
        String body = String.valueOf(i);
        assertThatThrownBy(() -> producer.sendBodyAndHeaders(uri, body, key("key-1"))).isNotNull();
      }
      producer.sendBodyAndHeaders(uri, "other", key("key-2"));
    }
  }

  @Test
  void aStepOfItsOrderedPublisherDoesNotEndWhileTheServiceIsAway() throws Exception {
    GooglePubsubEndpoint endpoint =
        endpoint(name, "?messageOrderingEnabled=true&pubsubEndpoint=" + authority());
    endpoint.setRetry(
        RetrySettings.newBuilder()
            .setInitialRetryDelayDuration(Duration.ofMillis(10))
            .setRetryDelayMultiplier(1)
            .setMaxRetryDelayDuration(Duration.ofMillis(10))
            .setInitialRpcTimeoutDuration(Duration.ofSeconds(1))
            .setMaxRpcTimeoutDuration(Duration.ofSeconds(1))
            .setTotalTimeoutDuration(Duration.ofSeconds(10))
            .setMaxAttempts(2)
            .build());
    GoogleHub.grpc().fail(20, "Publisher/Publish", Status.UNAVAILABLE);
    try (ProducerTemplate producer = camel.createProducerTemplate()) {
      CompletableFuture<Void> step =
          CompletableFuture.runAsync(
              () -> producer.sendBodyAndHeaders(endpoint, "1", key("key-1")));
      // Twenty tries, of two that it was told.
      await().until(step::isDone);
      assertThat(step).isCompleted();
    }
  }
}
