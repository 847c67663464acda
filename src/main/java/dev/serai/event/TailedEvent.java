package dev.serai.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as a follower of the log gets it.
 *
 * @param cursor the place behind it
 * @param time when it happened, by its source
 * @param receivedAt when the hub took it
 * @param body as it was received, byte for byte; empty if it is sensitive
 * @param sensitive whether its body is not for followers
 */
public record TailedEvent(
    TailCursor cursor,
    UUID id,
    String source,
    String type,
    String key,
    @Nullable String subject,
    Instant time,
    Instant receivedAt,
    String contentType,
    byte[] body,
    boolean sensitive) {}
