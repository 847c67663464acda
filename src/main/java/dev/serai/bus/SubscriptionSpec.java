package dev.serai.bus;

import dev.serai.event.Declaration;

/**
 * What a route says about the events it wants, and how it handles them.
 *
 * @param declaration what all hubs know of it
 * @param filter what an event must be like beside its type
 * @param policy how deliveries are attempted
 * @param receiver what their receiver is spared
 */
record SubscriptionSpec(
    Declaration declaration, Filter filter, DeliveryPolicy policy, ReceiverPolicy receiver) {

  String name() {
    return declaration.name();
  }
}
