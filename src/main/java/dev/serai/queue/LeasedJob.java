package dev.serai.queue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job in the hands of a worker.
 *
 * @param token what the worker names when it speaks of the job
 * @param attempt 1 for the first
 * @param leaseUntil when it is given to another, unless the worker extends it or is done
 */
public record LeasedJob(
    UUID id,
    int token,
    int attempt,
    int priority,
    Instant createdAt,
    Instant leaseUntil,
    @Nullable String workspace,
    @Nullable String subject,
    byte[] data) {}
