package dev.serai.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was just made ready.
 *
 * @param low whether it gives way to all that are not: it belongs to a replay of many
 */
public record NewDelivery(
    UUID eventId, int subscriptionId, Instant dueAt, @Nullable String orderKey, boolean low) {

  NewDelivery(UUID eventId, int subscriptionId, Instant dueAt, @Nullable String orderKey) {
    this(eventId, subscriptionId, dueAt, orderKey, false);
  }
}
