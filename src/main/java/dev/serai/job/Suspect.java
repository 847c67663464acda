package dev.serai.job;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job with which something may be wrong, or was.
 *
 * @param state active, paused or retired
 * @param expectedAt by when it must have succeeded
 * @param late how many of its runs have not begun in time
 * @param lateSlot the first slot of those
 * @param succeededAt when it last succeeded, among its newest runs
 * @param raised when its alerts were raised
 */
record Suspect(
    Job job,
    String state,
    @Nullable Instant expectedAt,
    int late,
    @Nullable Instant lateSlot,
    @Nullable Instant succeededAt,
    Map<AlertCause, Instant> raised) {

  boolean has(AlertCause cause) {
    return raised.containsKey(cause);
  }

  boolean hasSucceededSince(@Nullable Instant time) {
    return time != null && succeededAt != null && succeededAt.isAfter(time);
  }

  /** The slot that no hub has taken though it should have; null when there is none. */
  @Nullable Instant untaken(Instant now) {
    Instant next = job.nextAt();
    return next != null && next.isBefore(now.minus(job.definition().tolerance())) ? next : null;
  }
}
