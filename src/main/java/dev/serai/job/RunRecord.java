package dev.serai.job;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run.
 *
 * @param id that of the slot's event: {@code GET /api/v1/events/{id}} has every failed attempt
 * @param job its job
 * @param slot the time that it is for
 * @param kind {@code scheduled}, {@code catch-up}, {@code manual} or {@code backfill}
 * @param state {@code ready}, {@code running}, {@code done}, {@code dead}, {@code cancelled} or
 *     {@code skipped}; {@code forgotten} when only this record is kept
 * @param cause why it failed last, or was skipped: {@code overlap} or {@code replaced}
 * @param parameters what it was given
 * @param requestedBy the name of the API key that asked for it; missing when the clock did
 * @param attempts how often it was begun
 * @param token grows with each attempt; only the newest may write
 * @param node the number of the hub that has or had it
 * @param madeAt when the run was made
 * @param dueAt when it is to begin, or to be repeated
 * @param startedAt when its last attempt began
 * @param finishedAt when it ended
 * @param progress how far it is, in per cent
 * @param message what it does at the moment
 * @param result what it says it has done
 * @param lines how many lines it has logged; the first 1,000 are kept
 * @param traceId the id of its trace (W3C Trace Context): the run's own without hyphens
 */
public record RunRecord(
    UUID id,
    String job,
    Instant slot,
    String kind,
    String state,
    @Nullable String cause,
    Map<String, Object> parameters,
    @Nullable String requestedBy,
    int attempts,
    int token,
    @Nullable Integer node,
    Instant madeAt,
    @Nullable Instant dueAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer progress,
    @Nullable String message,
    @Nullable String result,
    int lines,
    String traceId) {}
