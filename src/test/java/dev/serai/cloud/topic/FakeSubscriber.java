package dev.serai.cloud.topic;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The part of the fake that clients subscribe at. */
final class FakeSubscriber extends SubscriberGrpc.SubscriberImplBase {

  private final Map<String, Topic> topics;
  private final Map<String, FakeSubscription> subscriptions;
  private final Set<String> forbidden;

  FakeSubscriber(
      Map<String, Topic> topics,
      Map<String, FakeSubscription> subscriptions,
      Set<String> forbidden) {
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.forbidden = forbidden;
  }

  private FakeSubscription known(String path) {
    return Objects.requireNonNull(subscriptions.get(path), path);
  }

  @Override
  public void createSubscription(Subscription request, StreamObserver<Subscription> answer) {
    if (!topics.containsKey(request.getTopic())) {
      answer.onError(PubsubFake.missing(request.getTopic()));
    } else if (subscriptions.putIfAbsent(request.getName(), new FakeSubscription(request))
        == null) {
      PubsubFake.answer(answer, request);
    } else {
      answer.onError(Status.ALREADY_EXISTS.asRuntimeException());
    }
  }

  @Override
  public void getSubscription(GetSubscriptionRequest request, StreamObserver<Subscription> answer) {
    FakeSubscription found = subscriptions.get(request.getSubscription());
    if (found == null) {
      answer.onError(PubsubFake.missing(request.getSubscription()));
    } else {
      PubsubFake.answer(answer, found.definition());
    }
  }

  @Override
  public void listSubscriptions(
      ListSubscriptionsRequest request, StreamObserver<ListSubscriptionsResponse> answer) {
    PubsubFake.answer(
        answer,
        ListSubscriptionsResponse.newBuilder()
            .addAllSubscriptions(
                subscriptions.values().stream().map(FakeSubscription::definition).toList())
            .build());
  }

  @Override
  public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> answer) {
    known(request.getSubscription()).acknowledge(request.getAckIdsList());
    PubsubFake.answer(answer, Empty.getDefaultInstance());
  }

  @Override
  public void modifyAckDeadline(ModifyAckDeadlineRequest request, StreamObserver<Empty> answer) {
    known(request.getSubscription())
        .modify(request.getAckIdsList(), request.getAckDeadlineSeconds());
    PubsubFake.answer(answer, Empty.getDefaultInstance());
  }

  @Override
  public StreamObserver<StreamingPullRequest> streamingPull(
      StreamObserver<StreamingPullResponse> answer) {
    return new FakeStream(answer, path -> subscriptions.get(path), forbidden);
  }
}
