package dev.serai.bus;

import org.jspecify.annotations.Nullable;

/**
 * What the receiver behind a subscription is spared.
 *
 * @param rate how much it gets at most, or null for any
 * @param breaker when it is left alone, or null for never
 */
record ReceiverPolicy(@Nullable Rate rate, @Nullable BreakerPolicy breaker) {}
