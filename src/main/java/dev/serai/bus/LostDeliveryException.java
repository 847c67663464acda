package dev.serai.bus;

import dev.serai.event.Claimed;
import dev.serai.event.Subscription;

/** A delivery was taken over while its handler worked; what the handler did is rolled back. */
final class LostDeliveryException extends RuntimeException {

  LostDeliveryException(Subscription subscription, Claimed delivery) {
    super(
        "Event %s for %s was taken over: token %s is no longer its own"
            .formatted(delivery.event().id(), subscription.name(), delivery.token()));
  }
}
