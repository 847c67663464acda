package dev.serai.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a route says about the events it wants. */
record SubscriptionSpec(
    String name,
    List<String> types,
    List<String> sources,
    @Nullable String orderBy,
    DeliveryPolicy policy,
    ReceiverPolicy receiver) {}
