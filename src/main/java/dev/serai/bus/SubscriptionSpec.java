package dev.serai.bus;

import dev.serai.event.Declaration;

/**
 * What a route says about the events it wants, and how it handles them.
 *
 * @param declaration what all hubs know of it
 * @param filter what an event must be like beside its type
 * @param policy how deliveries are attempted
 */
record SubscriptionSpec(Declaration declaration, Filter filter, DeliveryPolicy policy) {

  String name() {
    return declaration.name();
  }
}
