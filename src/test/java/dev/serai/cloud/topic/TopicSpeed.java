package dev.serai.cloud.topic;

import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleHub;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.google.pubsub.GooglePubsubComponent;
import org.apache.camel.component.google.pubsub.GooglePubsubConstants;
import org.junit.jupiter.api.Test;

/**
 * How many messages are published a second, beside Camel's component, when a call takes 20 ms?
 * {@code mvn test -Dtest=TopicSpeed}.
 */
class TopicSpeed {

  private static final int MESSAGES = Integer.getInteger("messages", 10_000);
  private static final Duration CALL = Duration.ofMillis(Integer.getInteger("call", 20));
  private static final int[] CALLERS = {1, 8, 64, 256};
  private static final PubsubFake PUBSUB = PubsubFake.shared();

  private static final String ROUTE =
      """
      - route:
          id: topic-speed
          errorHandler: {noErrorHandler: {}}
          from:
            uri: direct:topic-speed
            steps:
              - to:
                  id: topic-speed-to
                  uri: kamelet:topic-publish
                  parameters: {topic: '%s', orderingKey: '${header.order}'}
      """;

  private final TestHub hub = GoogleHub.shared();

  /** Publishes one message and returns when Pub/Sub has it. */
  private interface Publishing {
    Exchange publish(String key);
  }

  @Test
  void publishes() throws Exception {
    GooglePubsubComponent component = new GooglePubsubComponent();
    component.setEndpoint(URI.create(GoogleHub.grpc().url()).getAuthority());
    component.setAuthenticate(false);
    hub.camel().addComponent("google-pubsub", component);
    PUBSUB.latency(CALL);
    String body = "x".repeat(1000);
    String ours = TopicContract.name();
    String camels = TopicContract.name();
    PUBSUB.topic(ours);
    PUBSUB.topic(camels);
    String uri = "google-pubsub:%s:%s".formatted(GoogleHub.PROJECT, camels);
    String ordered =
        uri
            + "?messageOrderingEnabled=true&pubsubEndpoint="
            + URI.create(GoogleHub.grpc().url()).getAuthority();
    try (TestHub.Routes routes = hub.routes(ROUTE.formatted(ours));
        ProducerTemplate producer = hub.camel().createProducerTemplate()) {
      assert routes != null;
      for (int callers : CALLERS) {
        int count = Math.min(MESSAGES, callers * 100);
        for (int round = 0; round <= 3; round++) {
          measure("Serai, no key", round, callers, count, key -> serai(producer, body, ""));
          measure(
              "Camel, no key",
              round,
              callers,
              count,
              key -> producer.request(uri, exchange -> exchange.getMessage().setBody(body)));
          measure("Serai, 16 keys", round, callers, count, key -> serai(producer, body, key));
        }
      }
      // Its publisher of a topic keeps the options of the first endpoint: another topic.
      String other = TopicContract.name();
      PUBSUB.topic(other);
      for (int callers : CALLERS) {
        int count = Math.min(MESSAGES, callers * 100);
        for (int round = 0; round <= 3; round++) {
          measure(
              "Camel, 16 keys",
              round,
              callers,
              count,
              key ->
                  producer.request(
                      ordered.replace(camels, other),
                      exchange -> {
                        exchange.getMessage().setBody(body);
                        exchange.getMessage().setHeader(GooglePubsubConstants.ORDERING_KEY, key);
                      }));
        }
      }
    } finally {
      PUBSUB.latency(Duration.ZERO);
    }
  }

  private static Exchange serai(ProducerTemplate producer, String body, String key) {
    return producer.request(
        "direct:topic-speed",
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeader("order", key);
        });
  }

  private static void measure(String what, int round, int callers, int count, Publishing publishing)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger failed = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(callers);
    int before = PUBSUB.requests().size();
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      for (int i = 0; i < callers; i++) {
        threads.execute(
            () -> {
              for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                if (publishing.publish("key-" + n % 16).getException() != null) {
                  failed.incrementAndGet();
                }
              }
              ended.countDown();
            });
      }
      ended.await();
    }
    System.out.printf(
        Locale.ROOT,
        "%s %s: %s callers, %s messages a second, %s requests, %s failed%n",
        round == 0 ? "warm-up" : "round " + round,
        what,
        callers,
        count * 1_000_000_000L / (System.nanoTime() - begin),
        PUBSUB.requests().size() - before,
        failed.get());
  }
}
