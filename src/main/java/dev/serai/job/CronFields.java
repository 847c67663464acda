package dev.serai.job;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * Local times, by the fields second, minute, hour, day of the month, month, day of the week.
 * Without the first of the six, the second is 0. A local time must match all of them: {@code 0 0 9
 * 13 * FRI} is due on a Friday the 13th only.
 *
 * @param text as it was written, with single blanks
 */
record CronFields(String text, CronExpression expression, boolean everyHour) {

  private static final LocalDateTime ANY = LocalDateTime.of(2000, 1, 1, 0, 0);

  /**
   * @throws IllegalArgumentException naming the field that is wrong, and what would be right
   */
  static CronFields parse(String cron) {
    String text = cron.strip().replaceAll("\\s+", " ");
    String[] found = text.split(" ");
    if (found.length != 5 && found.length != 6) {
      throw new IllegalArgumentException(
          ("job: option 'cron' is '%s'; it must have 5 fields (minute, hour, day of the month,"
                  + " month, day of the week) or 6 (second first), and has %s")
              .formatted(cron, found.length));
    }
    String[] fields = (found.length == 5 ? "0 " + text : text).split(" ");
    for (CronField field : CronField.values()) {
      field.check(cron, fields[field.ordinal()]);
    }
    CronExpression expression = CronExpression.parse(String.join(" ", fields));
    if (expression.next(ANY) == null) {
      throw new IllegalArgumentException(
          "job: option 'cron' is '%s', which never comes: no such day is in such a month"
              .formatted(cron));
    }
    return new CronFields(text, expression, fields[CronField.HOUR.ordinal()].startsWith("*"));
  }

  /** The first local time after this one that matches; null when there is none. */
  @Nullable LocalDateTime after(LocalDateTime local) {
    return expression.next(local);
  }

  /** The first local time that matches and is not before this one. */
  @Nullable LocalDateTime from(LocalDateTime local) {
    return expression.next(local.minusNanos(1));
  }

  boolean matches(LocalDateTime local) {
    return local.equals(from(local));
  }
}
