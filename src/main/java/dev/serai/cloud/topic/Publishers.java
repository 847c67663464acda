package dev.serai.cloud.topic;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.batching.FlowController;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.stub.PublisherStubSettings;
import com.google.pubsub.v1.PubsubMessage;
import dev.serai.cloud.google.GoogleException;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Publishes to topics of Pub/Sub. All routes of the hub share one publisher for each topic, so that
 * messages which are published side by side go in one request.
 */
final class Publishers implements AutoCloseable {

  static final String PERMISSION = "pubsub.topics.publish";
  private static final long MOST_MESSAGES_OF_A_BATCH = 100;
  private static final long MOST_BYTES_OF_A_BATCH = 1 << 20;
  private static final long MOST_WAITING = 10_000;

  /** Google's publisher takes no less, and gives up by {@link GivingUp} anyway. */
  private static final Duration LEAST_TOTAL = Duration.ofSeconds(10);

  private final Pubsub pubsub;
  private final TopicSettings settings;
  private final Map<String, Publisher> open = new ConcurrentHashMap<>();
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  Publishers(Pubsub pubsub, TopicSettings settings) {
    this.pubsub = pubsub;
    this.settings = settings;
  }

  /** Notes that a route publishes to a topic. */
  void use(String topic) {
    used.add(topic);
  }

  /** The topics that routes publish to. */
  Set<String> used() {
    return Set.copyOf(used);
  }

  /**
   * Publishes a message and waits until Pub/Sub has it.
   *
   * @return its id
   * @throws TopicException if it has not; an ordering key may be used again at once
   */
  String publish(String topic, PubsubMessage message) throws InterruptedException {
    try {
      return await(topic, message);
    } catch (ExecutionException e) {
      if (!settings.create() || GivingUp.of(e).getCode() != Status.Code.NOT_FOUND) {
        throw failure(topic, e);
      }
    }
    pubsub.createTopic(topic);
    try {
      return await(topic, message);
    } catch (ExecutionException e) {
      throw failure(topic, e);
    }
  }

  /** A message that was held back because of an earlier one of its key has not been tried. */
  private String await(String topic, PubsubMessage message)
      throws InterruptedException, ExecutionException {
    try {
      return awaitOnce(topic, message);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CancellationException) {
        return awaitOnce(topic, message);
      }
      throw e;
    }
  }

  private String awaitOnce(String topic, PubsubMessage message)
      throws InterruptedException, ExecutionException {
    Publisher publisher = of(topic);
    if (!message.getOrderingKey().isEmpty()) {
      // After an error it refuses the key until then. The error is told before the key is closed,
      // so whoever is fast may still be held back, but once only.
      publisher.resumePublish(message.getOrderingKey());
    }
    return publisher.publish(message).get();
  }

  Publisher of(String topic) {
    return open.computeIfAbsent(topic, this::make);
  }

  RuntimeException failure(String topic, Throwable failure) {
    return TopicErrors.of(
        failure,
        pubsub,
        "Topic " + pubsub.topic(topic),
        PERMISSION,
        "parameter 'topic' of topic-publish, and serai.google.project");
  }

  private Publisher make(String topic) {
    Duration time = pubsub.timeout().dividedBy(2);
    try {
      return Publisher.newBuilder(pubsub.topic(topic))
          .setEnableMessageOrdering(true)
          .setCredentialsProvider(pubsub.channels().credentials(pubsub.endpoint()))
          .setChannelProvider(
              pubsub
                  .channels()
                  .to(
                      pubsub.endpoint(),
                      PublisherStubSettings.defaultGrpcTransportProviderBuilder()
                          .setInterceptorProvider(() -> List.of(new GivingUp(time)))))
          .setExecutorProvider(pubsub.executor())
          .setBatchingSettings(
              BatchingSettings.newBuilder()
                  .setElementCountThreshold(MOST_MESSAGES_OF_A_BATCH)
                  .setRequestByteThreshold(MOST_BYTES_OF_A_BATCH)
                  .setDelayThresholdDuration(settings.batchDelay())
                  .setFlowControlSettings(
                      FlowControlSettings.newBuilder()
                          .setMaxOutstandingElementCount(MOST_WAITING)
                          .setMaxOutstandingRequestBytes(settings.maxBytes().toBytes())
                          .setLimitExceededBehavior(FlowController.LimitExceededBehavior.Block)
                          .build())
                  .build())
          .setRetrySettings(
              RetrySettings.newBuilder()
                  .setInitialRetryDelayDuration(Duration.ofMillis(100))
                  .setRetryDelayMultiplier(2)
                  .setMaxRetryDelayDuration(Duration.ofSeconds(2))
                  .setInitialRpcTimeoutDuration(time)
                  .setRpcTimeoutMultiplier(1)
                  .setMaxRpcTimeoutDuration(time)
                  .setTotalTimeoutDuration(time.compareTo(LEAST_TOTAL) < 0 ? LEAST_TOTAL : time)
                  .build())
          .build();
    } catch (IOException | GoogleException e) {
      throw failure(topic, e);
    }
  }

  @Override
  public void close() {
    open.values().forEach(Publisher::shutdown);
  }
}
