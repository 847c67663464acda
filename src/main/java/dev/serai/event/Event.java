package dev.serai.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log, with CloudEvents' attributes and the hub's own.
 *
 * @param hops how many events lie between this one and the first of its chain
 * @param sensitive whether its body is to be seen by its handler alone
 */
public record Event(
    UUID id,
    String source,
    String type,
    @Nullable String subject,
    @Nullable String workspace,
    Instant time,
    Instant receivedAt,
    String contentType,
    String key,
    @Nullable UUID causationId,
    int hops,
    byte[] body,
    boolean sensitive) {}
