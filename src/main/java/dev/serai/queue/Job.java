package dev.serai.queue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of a job.
 *
 * @param dueAt not handed out before
 * @param startedAt when the last attempt began
 * @param completedAt when it ended for good
 * @param worker who has it under a lease
 * @param leaseUntil until when
 * @param data null if it is for its worker alone, or not kept any more
 * @param result what its worker told, JSON
 * @param cause why it failed last, a word for programs
 * @param error the same for people
 */
public record Job(
    UUID id,
    String queue,
    JobStatus status,
    int priority,
    int attempts,
    int maxAttempts,
    Instant createdAt,
    Instant dueAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable String worker,
    @Nullable Instant leaseUntil,
    @Nullable String workspace,
    @Nullable String subject,
    byte @Nullable [] data,
    @Nullable String result,
    @Nullable String cause,
    @Nullable String error) {}
