package dev.serai.job;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hours that are listed are names: a job of 02:30 is due once on each day of the calendar. A local
 * time that is left out is due at the first moment after the gap, unless {@code gap} is {@code
 * skip}; one that comes twice is due at the first of both, unless {@code overlapHour} says
 * otherwise. Several local times that fall on one moment are one slot.
 *
 * <p>Going through local times in their order goes through their moments in order, too, as long as
 * it is settled which of two equal ones counts. So the next slot is the moment of the next local
 * time, and nothing has to be tried out.
 */
record WallClock(CronFields fields, ZoneRules rules, Gap gap, OverlapHour overlapHour) {

  private static final LocalDateTime END = LocalDateTime.ofInstant(Schedule.END, ZoneOffset.UTC);

  @Nullable Instant next(Instant after) {
    return switch (overlapHour) {
      case FIRST -> next(after, false);
      case SECOND -> next(after, true);
      case BOTH -> earlier(next(after, false), next(after, true));
    };
  }

  private @Nullable Instant next(Instant after, boolean second) {
    LocalDateTime local = fields.after(lastPast(after, second));
    // Of some schedules every time is left out, such as 02:30 on the day that clocks are changed.
    while (local != null && local.isBefore(END)) {
      List<ZoneOffset> offsets = rules.getValidOffsets(local);
      if (!offsets.isEmpty()) {
        return local.toInstant(second ? offsets.getLast() : offsets.getFirst());
      }
      ZoneOffsetTransition change = rules.getTransition(local);
      if (gap == Gap.RUN) {
        return change.getInstant();
      }
      local = fields.from(change.getDateTimeAfter());
    }
    return null;
  }

  /** The last local time whose moment is not after this one. */
  private LocalDateTime lastPast(Instant after, boolean second) {
    ZoneOffset offset = rules.getOffset(after);
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(after.getEpochSecond(), after.getNano(), offset);
    if (rules.getValidOffsets(local).size() < 2) {
      return local;
    }
    ZoneOffsetTransition change = rules.getTransition(local);
    boolean isSecond = offset.equals(change.getOffsetAfter());
    if (second == isSecond) {
      return local;
    }
    // All of the doubled time has been in its first pass, or is still to come in its second.
    return (second ? change.getDateTimeAfter() : change.getDateTimeBefore()).minusNanos(1);
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    return one == null || (other != null && other.isBefore(one)) ? other : one;
  }
}
