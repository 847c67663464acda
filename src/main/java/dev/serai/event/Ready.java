package dev.serai.event;

import java.util.UUID;

/**
 * An event that is ready and due for a subscription.
 *
 * @param low whether it gives way to all that are not: it belongs to a replay of many
 */
public record Ready(UUID eventId, boolean low) {}
