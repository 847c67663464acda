package dev.serai.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was just made ready.
 *
 * @param priority the higher, the sooner; below 0 it belongs to a replay of many
 */
public record NewDelivery(
    UUID eventId, int subscriptionId, Instant dueAt, @Nullable String orderKey, int priority) {

  /** The priority of what belongs to a replay of many. */
  static final int LOW = -1;

  NewDelivery(UUID eventId, int subscriptionId, Instant dueAt, @Nullable String orderKey) {
    this(eventId, subscriptionId, dueAt, orderKey, 0);
  }
}
