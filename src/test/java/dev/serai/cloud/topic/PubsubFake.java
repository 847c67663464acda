package dev.serai.cloud.topic;

import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.google.GrpcFake;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Pub/Sub in this process, by Google's published stubs, with what may go wrong there. */
final class PubsubFake {

  private static final PubsubFake SHARED = new PubsubFake(GoogleHub.grpc());

  private final Map<String, Topic> topics = new ConcurrentHashMap<>();
  private final Map<String, FakeSubscription> subscriptions = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final Collection<PublishRequest> requests = new ConcurrentLinkedQueue<>();
  private final Set<String> forbidden = ConcurrentHashMap.newKeySet();
  private volatile Duration latency = Duration.ZERO;
  private volatile boolean losesAnswer;

  PubsubFake(GrpcFake server) {
    server.serve(new Publishing());
    server.serve(new FakeSubscriber(topics, subscriptions, forbidden));
    server.serve(new FakePermissions(topics, subscriptions, forbidden));
  }

  static PubsubFake shared() {
    return SHARED;
  }

  static String topicPath(String name) {
    return "projects/%s/topics/%s".formatted(GoogleHub.PROJECT, name);
  }

  static String subscriptionPath(String name) {
    return "projects/%s/subscriptions/%s".formatted(GoogleHub.PROJECT, name);
  }

  void topic(String name) {
    topics.put(topicPath(name), Topic.newBuilder().setName(topicPath(name)).build());
  }

  FakeSubscription subscribe(String topic, String name) {
    Subscription made =
        Subscription.newBuilder()
            .setName(subscriptionPath(name))
            .setTopic(topicPath(topic))
            .setAckDeadlineSeconds(10)
            .setEnableMessageOrdering(true)
            .build();
    return subscriptions.computeIfAbsent(made.getName(), path -> new FakeSubscription(made));
  }

  boolean hasTopic(String name) {
    return topics.containsKey(topicPath(name));
  }

  FakeSubscription subscription(String name) {
    return known(subscriptionPath(name));
  }

  boolean hasSubscription(String name) {
    return subscriptions.containsKey(subscriptionPath(name));
  }

  private FakeSubscription known(String path) {
    return Objects.requireNonNull(subscriptions.get(path), path);
  }

  /** The calls that published, in their order. */
  Collection<PublishRequest> requests() {
    return requests;
  }

  /** How long a call that publishes takes. */
  void latency(Duration time) {
    latency = time;
  }

  /** The next message is taken, and its publisher never gets to know. */
  void loseAnswer() {
    losesAnswer = true;
  }

  /** Takes all permissions of a topic or subscription away. */
  void forbid(String path) {
    forbidden.add(path);
  }

  static RuntimeException missing(String path) {
    return Status.NOT_FOUND
        .withDescription("Resource not found (resource=%s).".formatted(path))
        .asRuntimeException();
  }

  static <T> void answer(StreamObserver<T> observer, T value) {
    observer.onNext(value);
    observer.onCompleted();
  }

  private final class Publishing extends PublisherGrpc.PublisherImplBase {

    @Override
    public void createTopic(Topic request, StreamObserver<Topic> answer) {
      if (topics.putIfAbsent(request.getName(), request) == null) {
        answer(answer, request);
      } else {
        answer.onError(Status.ALREADY_EXISTS.asRuntimeException());
      }
    }

    @Override
    public void getTopic(GetTopicRequest request, StreamObserver<Topic> answer) {
      Topic topic = topics.get(request.getTopic());
      if (topic == null) {
        answer.onError(missing(request.getTopic()));
      } else {
        answer(answer, topic);
      }
    }

    @Override
    public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> answer) {
      answer(answer, ListTopicsResponse.newBuilder().addAllTopics(topics.values()).build());
    }

    @Override
    public void publish(PublishRequest request, StreamObserver<PublishResponse> answer) {
      if (latency.isZero()) {
        publishNow(request, answer);
      } else {
        CompletableFuture.delayedExecutor(latency.toMillis(), TimeUnit.MILLISECONDS)
            .execute(() -> publishNow(request, answer));
      }
    }

    private void publishNow(PublishRequest request, StreamObserver<PublishResponse> answer) {
      if (!topics.containsKey(request.getTopic())) {
        answer.onError(missing(request.getTopic()));
        return;
      }
      if (forbidden.contains(request.getTopic())) {
        answer.onError(
            Status.PERMISSION_DENIED
                .withDescription("User not authorized to perform this action.")
                .asRuntimeException());
        return;
      }
      requests.add(request);
      PublishResponse.Builder published = PublishResponse.newBuilder();
      for (PubsubMessage message : request.getMessagesList()) {
        long millis = System.currentTimeMillis();
        PubsubMessage.Builder stored =
            message.toBuilder().setMessageId(String.valueOf(ids.incrementAndGet()));
        stored
            .getPublishTimeBuilder()
            .setSeconds(millis / 1000)
            .setNanos((int) (millis % 1000) * 1_000_000);
        published.addMessageIds(stored.getMessageId());
        for (FakeSubscription subscription : subscriptions.values()) {
          if (subscription.definition().getTopic().equals(request.getTopic())) {
            subscription.addAll(List.of(stored.build()));
          }
        }
      }
      if (losesAnswer) {
        losesAnswer = false;
        answer.onError(Status.UNAVAILABLE.withDescription("cut").asRuntimeException());
        return;
      }
      answer(answer, published.build());
    }
  }
}
