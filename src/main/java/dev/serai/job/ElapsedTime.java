package dev.serai.job;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * An hour that begins with {@code *} is time that goes by: a slot is wherever the clock on the wall
 * shows a local time that matches, in a doubled hour twice.
 *
 * <p>A gap leaves out local times, but the time goes on: where 02:15 would have been it is 03:15,
 * or, on Lord Howe where clocks are changed by half an hour, 02:45. If that matches as well, as
 * with {@code 15 * * * *} and a whole hour, nothing is lost and nothing is added: an hour is
 * between any two slots. If it does not, as with {@code 15 * * * *} on Lord Howe or with every
 * second hour, one slot at the end of the gap stands for all that are lost; {@code gap=skip} leaves
 * it out.
 */
record ElapsedTime(CronFields fields, ZoneRules rules, Gap gap) {

  /** Goes from change to change of the clock; between two of them it runs evenly. */
  @Nullable Instant next(Instant after) {
    ZoneOffset offset = rules.getOffset(after);
    LocalDateTime local =
        fields.after(LocalDateTime.ofEpochSecond(after.getEpochSecond(), after.getNano(), offset));
    ZoneOffsetTransition change = rules.nextTransition(after);
    while (local != null && change != null && !local.isBefore(change.getDateTimeBefore())) {
      if (gap == Gap.RUN && change.isGap() && losesOne(change)) {
        return change.getInstant();
      }
      offset = change.getOffsetAfter();
      local = fields.from(change.getDateTimeAfter());
      change = rules.nextTransition(change.getInstant());
    }
    return local == null ? null : local.toInstant(offset);
  }

  private boolean losesOne(ZoneOffsetTransition change) {
    LocalDateTime end = change.getDateTimeAfter();
    if (fields.matches(end)) {
      return true; // It is a slot anyway, and one only.
    }
    Duration length = change.getDuration();
    LocalDateTime missing = fields.from(change.getDateTimeBefore());
    while (missing != null && missing.isBefore(end)) {
      if (!fields.matches(missing.plus(length))) {
        return true;
      }
      // Clocks are changed by whole minutes: the other seconds of this one say the same.
      missing = fields.from(missing.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1));
    }
    return false;
  }
}
