package dev.serai.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
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
    String parameters,
    @Nullable Duration expectedWithin,
    String queue) {

  @SuppressWarnings("NullAway") // Hubs before did not write it.
  Definition {
    queue = Objects.requireNonNullElse(queue, "");
  }

  /** Whether another definition has the same slots. */
  boolean hasSlotsOf(Definition other) {
    return cron.equals(other.cron)
        && zone.equals(other.zone)
        && gap.equals(other.gap)
        && overlapHour.equals(other.overlapHour)
        && every.equals(other.every)
        && at.equals(other.at);
  }

  /** How long after its slot a run must have succeeded; zero when nobody wants to know. */
  Duration successWithin() {
    return expectedWithin == null ? timeout.plus(grace) : expectedWithin;
  }

  /** By when a run must have succeeded after this moment; null when that is not known. */
  @Nullable Instant expectedAfter(Instant moment) {
    Schedule schedule = schedule();
    return schedule == null || successWithin().isZero()
        ? null
        : schedule.next(moment).map(slot -> slot.plus(successWithin())).orElse(null);
  }

  /** How late a slot may be taken, and a run begin, before somebody is told. */
  Duration tolerance() {
    return grace.compareTo(Alerts.LEAST_LATENESS) > 0 ? grace : Alerts.LEAST_LATENESS;
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
