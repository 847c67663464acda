package dev.serai.job;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slots by the clock on the wall of a zone. When that clock is changed, the field of hours says
 * what is meant: hours that are listed are names of hours ({@link WallClock}), an hour that begins
 * with {@code *} is time that goes by ({@link ElapsedTime}).
 *
 * @param overlapHour counts for hours that are listed
 */
record Cron(CronFields fields, ZoneId zone, Gap gap, OverlapHour overlapHour) implements Schedule {

  private static final Instant ANY = Instant.parse("2000-01-01T00:00:00Z");

  /**
   * This, if it ever comes.
   *
   * @throws IllegalArgumentException when each of its times is left out by a change of the clock
   */
  Cron orNever() {
    if (gap == Gap.SKIP && next(ANY).isEmpty()) {
      throw new IllegalArgumentException(
          "job: option 'cron' is '%s', which never comes in %s: the clock leaves out each of its times; give it another hour, or gap: run"
              .formatted(fields.text(), zone));
    }
    return this;
  }

  @Override
  public Optional<Instant> next(Instant after) {
    // What is looked for is after that moment, and the first slot may be at FIRST.
    Instant past = after.isBefore(FIRST) ? FIRST.minusNanos(1) : after;
    if (!past.isBefore(END)) {
      return Optional.empty();
    }
    return Optional.ofNullable(search(past)).filter(slot -> slot.isBefore(END));
  }

  private @Nullable Instant search(Instant after) {
    return fields.everyHour()
        ? new ElapsedTime(fields, zone.getRules(), gap).next(after)
        : new WallClock(fields, zone.getRules(), gap, overlapHour).next(after);
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(fields.text()).append(", ").append(zone);
    if (gap != Gap.RUN) {
      text.append(", gap ").append(gap.word());
    }
    if (overlapHour != OverlapHour.FIRST) {
      text.append(", overlapHour ").append(overlapHour.word());
    }
    return text.toString();
  }
}
