package dev.serai.bus;

import java.time.Duration;

/**
 * When a subscription's breaker opens and how long it stays so.
 *
 * @param threshold how many different deliveries must fail in a row
 * @param window how near together
 * @param pause from the opening to the first probe; it doubles with every probe that fails
 * @param maxPause the most it grows to
 */
record BreakerPolicy(int threshold, Duration window, Duration pause, Duration maxPause) {}
