package dev.serai.cloud.topic;

import com.google.api.gax.grpc.GrpcStatusCode;
import dev.serai.cloud.google.Denied;
import dev.serai.cloud.google.GoogleException;
import io.grpc.Status;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/** What is said when Pub/Sub refuses something or does not answer. */
final class TopicErrors {

  private TopicErrors() {}

  static RuntimeException of(
      Throwable failure, Pubsub pubsub, String what, String permission, String property) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      switch (t) {
        case GoogleException ours -> {
          return new TopicException(
              "%s can't be used (permission %s; %s). %s"
                  .formatted(what, permission, property, ours.getMessage()),
              failure);
        }
        case TopicException ours -> {
          return ours;
        }
        case CancellationException cancelled -> {
          return new TopicException(
              "%s: an earlier message of this ordering key could not be published; so that the order is kept, this one was not either (%s)"
                  .formatted(what, property),
              failure);
        }
        default -> {
          // Perhaps its cause says more.
        }
      }
    }
    Status status = GivingUp.of(failure);
    String said =
        status.getCode()
            + ": "
            + Objects.requireNonNullElse(status.getDescription(), failure.getMessage());
    return new TopicException(
        Denied.text(
            Denied.Kind.of(GrpcStatusCode.of(status.getCode()).getCode()),
            what,
            permission,
            property,
            pubsub.account().described(),
            said),
        failure);
  }
}
