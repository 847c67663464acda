package dev.serai.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code serai.job_alert}. */
record OpenAlert(
    int jobId,
    String job,
    AlertCause cause,
    Instant raisedAt,
    @Nullable Instant slot,
    String detail) {}
