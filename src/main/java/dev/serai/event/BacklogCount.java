package dev.serai.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a subscription; counted up to 10,000, since a backlog of millions is as clear from
 * that.
 *
 * @param open deliveries that are ready or running
 * @param oldestDueAt when the oldest of them became due, or null if there is none
 * @param dead dead letters
 */
public record BacklogCount(
    String subscription, int open, @Nullable Instant oldestDueAt, int dead) {}
