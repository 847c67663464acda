package dev.serai.event;

import java.time.Instant;
import java.util.List;
import java.util.Set;
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

  /** Those of events that are new, of a group of so many. */
  static List<NewDelivery> ofFresh(List<NewDelivery> deliveries, int group, Set<UUID> fresh) {
    return fresh.size() == group
        ? deliveries
        : deliveries.stream().filter(delivery -> fresh.contains(delivery.eventId())).toList();
  }
}
