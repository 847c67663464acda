package dev.serai.event;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A breaker that is not closed.
 *
 * @param opened how many times it has opened
 * @param pause from its opening, or the last failed probe, to the next probe
 * @param probeAt when that is due
 */
public record BreakerState(
    int subscriptionId, int opened, @Nullable String cause, Duration pause, Instant probeAt) {}
