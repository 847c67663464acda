package dev.serai.event;

import java.util.UUID;

/**
 * An event that is ready and due for a subscription.
 *
 * @param priority the higher, the sooner; below 0 it belongs to a replay of many
 */
public record Ready(UUID eventId, int priority) {}
