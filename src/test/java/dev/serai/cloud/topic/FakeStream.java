package dev.serai.cloud.topic;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One client's stream of a subscription. */
final class FakeStream implements StreamObserver<StreamingPullRequest> {

  private final ServerCallStreamObserver<StreamingPullResponse> answer;
  private final Function<String, @Nullable FakeSubscription> subscriptions;
  private final Set<String> forbidden;
  private @Nullable FakeSubscription subscription;
  private long most = 1000;
  private boolean hasEnded;

  FakeStream(
      StreamObserver<StreamingPullResponse> answer,
      Function<String, @Nullable FakeSubscription> subscriptions,
      Set<String> forbidden) {
    this.answer = (ServerCallStreamObserver<StreamingPullResponse>) answer;
    this.subscriptions = subscriptions;
    this.forbidden = forbidden;
    this.answer.setOnCancelHandler(this::onCompleted);
  }

  @Override
  public void onNext(StreamingPullRequest request) {
    if (subscription == null) {
      subscription = subscriptions.apply(request.getSubscription());
      if (subscription == null) {
        end(
            Status.NOT_FOUND.withDescription(
                "Resource not found (resource=%s).".formatted(request.getSubscription())));
        return;
      }
      if (forbidden.contains(request.getSubscription())) {
        end(
            Status.PERMISSION_DENIED.withDescription(
                "User not authorized to perform this action."));
        return;
      }
      most = request.getMaxOutstandingMessages() > 0 ? request.getMaxOutstandingMessages() : 1000;
      subscription.open(this);
    }
    subscription.acknowledge(request.getAckIdsList());
    for (int i = 0; i < request.getModifyDeadlineAckIdsCount(); i++) {
      subscription.modify(
          List.of(request.getModifyDeadlineAckIds(i)), request.getModifyDeadlineSeconds(i));
    }
  }

  /** How many messages the client takes before it acknowledges any. */
  long most() {
    return most;
  }

  synchronized void send(PubsubMessage message, String ackId, boolean isOrdered) {
    if (!hasEnded) {
      answer.onNext(
          StreamingPullResponse.newBuilder()
              .addReceivedMessages(ReceivedMessage.newBuilder().setAckId(ackId).setMessage(message))
              .setSubscriptionProperties(
                  StreamingPullResponse.SubscriptionProperties.newBuilder()
                      .setMessageOrderingEnabled(isOrdered))
              .build());
    }
  }

  synchronized void end(Status status) {
    if (!hasEnded) {
      hasEnded = true;
      answer.onError(status.asRuntimeException());
    }
  }

  @Override
  public void onError(Throwable t) {
    onCompleted();
  }

  @Override
  public void onCompleted() {
    synchronized (this) {
      if (!hasEnded) {
        hasEnded = true;
        if (!answer.isCancelled()) {
          answer.onCompleted();
        }
      }
    }
    FakeSubscription open = subscription;
    if (open != null) {
      open.close(this);
    }
  }
}
