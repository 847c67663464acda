package dev.serai.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a queue is; each number is counted up to 10,000.
 *
 * @param paused whether nothing is handed out
 * @param waiting jobs that a worker could have
 * @param delayed jobs whose time has not come
 * @param processing jobs that workers have
 * @param failed jobs that were given up
 * @param oldestDueAt since when the one waits that waits longest
 */
public record QueueLength(
    String name,
    boolean paused,
    int maxAttempts,
    int waiting,
    int delayed,
    int processing,
    int failed,
    @Nullable Instant oldestDueAt) {}
