package dev.serai.bus;

import dev.serai.event.Places;
import org.jspecify.annotations.Nullable;

/**
 * What the receiver behind a subscription is spared.
 *
 * @param rate how much it gets at most, or null for any
 * @param breaker when it is left alone, or null for never
 * @param places what it shares with the receivers of other subscriptions, or null for nothing
 */
record ReceiverPolicy(
    @Nullable Rate rate, @Nullable BreakerPolicy breaker, @Nullable Places places) {}
