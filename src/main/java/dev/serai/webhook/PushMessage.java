package dev.serai.webhook;

import java.util.Optional;
import java.util.Set;

/**
 * What a push subscription of Pub/Sub posts: {@code {"message": {"data": "<base64>", "messageId",
 * "publishTime", "attributes"}, "subscription"}}. A body with a message and a subscription is held
 * for one; what Cloud Tasks posts is whatever the task was made of.
 *
 * <p>Source: cloud.google.com/pubsub/docs/push, which writes the id as {@code message_id}, too.
 */
final class PushMessage {

  private static final String MESSAGE = "/message";
  private static final String SUBSCRIPTION = "/subscription";
  private static final String ID = "/message/messageId";
  private static final String DATA = "/message/data";
  private static final String ATTRIBUTES = "/message/attributes";

  static final Set<String> POINTERS = Set.of(MESSAGE, SUBSCRIPTION, ID, DATA, ATTRIBUTES);

  private PushMessage() {}

  static Optional<String> problem(Envelope envelope) {
    if (!envelope.isObject(MESSAGE) || envelope.text(SUBSCRIPTION).isEmpty()) {
      return Optional.empty();
    }
    if (envelope.text(ID).orElse("").isEmpty()) {
      return Optional.of("'messageId' of the message is no text");
    }
    Optional<String> data = envelope.text(DATA);
    if (data.isEmpty() && !envelope.isObject(ATTRIBUTES)) {
      return Optional.of("The message has neither data nor attributes");
    }
    return data.isPresent() && Digests.base64(data.get()).isEmpty() && !data.get().isEmpty()
        ? Optional.of("'data' of the message is not base64")
        : Optional.empty();
  }
}
