package dev.serai.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a route says about its job, as it is kept in {@code serai.job.definition}.
 *
 * @param every an interval as ISO 8601 writes it, like the other times
 * @param parameters the parameters a run may have: see {@link Parameters}
 * @param timeout how long an attempt may take
 * @param grace how late a slot may be taken and still be in time
 */
record Definition(
    String cron,
    String zone,
    String gap,
    String overlapHour,
    String every,
    String at,
    CatchUp catchUp,
    @Nullable Duration catchUpWindow,
    Duration grace,
    Duration timeout,
    int priority,
    String parameters) {

  /** Whether another definition has the same slots. */
  boolean hasSlotsOf(Definition other) {
    return cron.equals(other.cron)
        && zone.equals(other.zone)
        && gap.equals(other.gap)
        && overlapHour.equals(other.overlapHour)
        && every.equals(other.every)
        && at.equals(other.at);
  }

  /** How old a slot may be that is caught up. */
  Duration window() {
    return catchUpWindow == null ? Duration.ZERO : catchUpWindow;
  }

  /** The slots; none when it runs on request only. */
  @Nullable Schedule schedule() {
    return Schedule.of(cron, zone, gap, overlapHour, every, at);
  }
}
