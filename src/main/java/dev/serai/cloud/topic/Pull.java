package dev.serai.cloud.topic;

import com.google.api.core.ApiService;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.core.InstantiatingExecutorProvider;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.stub.SubscriberStubSettings;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls a subscription for as long as its route runs. What ends the stream for good, such as a
 * missing subscription, is told of and tried again later: it may be there then.
 */
final class Pull {

  static final String PERMISSION = "pubsub.subscriptions.consume";
  private static final Logger log = LoggerFactory.getLogger(Pull.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A message that can't be kept for so long is given to another hub. */
  private static final Duration LONGEST_HOLD = Duration.ofMinutes(10);

  private final Pubsub pubsub;
  private final TopicSettings settings;
  private final String topic;
  private final String subscription;
  private final TopicLog messages;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread thread;

  Pull(
      Pubsub pubsub, TopicSettings settings, String topic, String subscription, TopicLog messages) {
    this.pubsub = pubsub;
    this.settings = settings;
    this.topic = topic;
    this.subscription = subscription;
    this.messages = messages;
  }

  String subscription() {
    return subscription;
  }

  String topic() {
    return topic;
  }

  void open() {
    thread = Thread.ofVirtual().name("pull-" + subscription).start(this::run);
  }

  private void run() {
    Duration wait = FIRST_WAIT;
    try {
      while (closed.getCount() > 0) {
        long begin = System.nanoTime();
        try {
          pullUntilItEnds();
        } catch (RuntimeException e) {
          boolean isMissing = GivingUp.of(e).getCode() == Status.Code.NOT_FOUND;
          if (isMissing && settings.create() && created()) {
            continue;
          }
          log.error("Messages are not taken: {}", failure(e).getMessage());
        }
        if (System.nanoTime() - begin > LONGEST_WAIT.toNanos()) {
          wait = FIRST_WAIT;
        }
        if (closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        wait =
            wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean created() {
    try {
      pubsub.createSubscription(topic, subscription);
      return true;
    } catch (RuntimeException e) {
      log.error("Messages are not taken: {}", e.getMessage());
      return false;
    }
  }

  private void pullUntilItEnds() throws InterruptedException {
    Intake intake = new Intake(topic, subscription, messages);
    Subscriber subscriber = null;
    try {
      subscriber = subscriber(intake);
      subscriber.startAsync();
      while (closed.getCount() > 0 && !hasEnded(subscriber, LOOK)) {
        // Nothing to do but to wait.
      }
    } finally {
      intake.close(PATIENCE);
      if (subscriber != null && subscriber.state() != ApiService.State.FAILED) {
        hasEnded(subscriber.stopAsync(), PATIENCE);
      }
    }
  }

  private static boolean hasEnded(ApiService subscriber, Duration patience) {
    try {
      subscriber.awaitTerminated(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (IllegalStateException e) {
      throw subscriber.state() == ApiService.State.FAILED
          ? new IllegalStateException("The stream has ended", subscriber.failureCause())
          : e;
    }
  }

  private Subscriber subscriber(Intake intake) {
    return Subscriber.newBuilder(pubsub.subscription(subscription), intake)
        .setCredentialsProvider(pubsub.channels().credentials(pubsub.endpoint()))
        .setChannelProvider(
            pubsub
                .channels()
                .to(
                    pubsub.endpoint(),
                    SubscriberStubSettings.defaultGrpcTransportProviderBuilder()
                        .setMaxInboundMessageSize(Integer.MAX_VALUE)))
        .setExecutorProvider(
            InstantiatingExecutorProvider.newBuilder().setExecutorThreadCount(2).build())
        .setSystemExecutorProvider(pubsub.executor())
        .setMaxAckExtensionPeriodDuration(LONGEST_HOLD)
        .setFlowControlSettings(
            FlowControlSettings.newBuilder()
                .setMaxOutstandingElementCount((long) settings.maxMessages())
                .setMaxOutstandingRequestBytes(settings.maxBytes().toBytes())
                .build())
        .build();
  }

  RuntimeException failure(Throwable failure) {
    return TopicErrors.of(
        failure,
        pubsub,
        "Subscription " + pubsub.subscription(subscription),
        PERMISSION,
        "parameter 'subscription' of topic-source, and serai.google.project");
  }

  /** Returns when what is under way has ended. */
  void close() throws InterruptedException {
    closed.countDown();
    Thread running = thread;
    if (running != null) {
      running.join(PATIENCE.multipliedBy(3));
    }
  }
}
