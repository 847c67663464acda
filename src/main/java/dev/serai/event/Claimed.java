package dev.serai.event;

/**
 * A delivery that this hub may handle, as long as nobody else gets a higher token.
 *
 * @param attempt 1 for the first; a replay starts again at 1
 * @param replay how many times the delivery was replayed before this attempt
 * @param low whether it belongs to a replay of many, and no other of its key waits for its end
 * @param token grows with every claim; only its holder may finish the delivery
 */
public record Claimed(
    Event event, int subscriptionId, int attempt, int replay, boolean low, int token) {}
