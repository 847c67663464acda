package dev.serai.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A delivery that an append has made. */
public record NewDelivery(
    UUID eventId, int subscriptionId, Instant dueAt, @Nullable String orderKey) {}
