package dev.serai.api;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that was given up.
 *
 * @param eventId the event
 * @param subscription the route that it was delivered to
 * @param state dead
 * @param source who sent the event
 * @param type its type
 * @param subject what it is about
 * @param cause why: a word such as {@code timeout}, or the name of an exception
 * @param detail what its last attempt said
 * @param attempts how many were begun since it was last replayed
 * @param replays how many times it was delivered again on request
 * @param receivedAt when the hub took the event
 * @param finishedAt when it was given up
 */
record DeadLetterView(
    UUID eventId,
    String subscription,
    String state,
    String source,
    String type,
    @Nullable String subject,
    @Nullable String cause,
    @Nullable String detail,
    int attempts,
    int replays,
    Instant receivedAt,
    Instant finishedAt) {}
