package dev.serai.job;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.scheduling.support.CronExpression;

/** A field of a cron expression: what it may have, and what is said if it has something else. */
enum CronField {
  SECOND("second", "0-59", 59),
  MINUTE("minute", "0-59", 59),
  HOUR("hour", "0-23", 23),
  DAY("day of the month", "1-31, L, L-1 to L-27, LW or 1W to 27W", 31),
  MONTH("month", "1-12 or JAN-DEC", 12),
  WEEKDAY("day of the week", "0-7 or MON-SUN (0 and 7 are Sunday), FRIL or FRI#1 to FRI#5", 7);

  private static final Pattern CHARACTERS = Pattern.compile("[0-9A-Za-z*?,/#-]+");
  private static final Pattern STEP = Pattern.compile("/([0-9]+)");

  /** Days that not every month has: what is counted from them would be in another month. */
  private static final Pattern BEYOND =
      Pattern.compile("L-0*(2[89]|[3-9][0-9]|[0-9]{3,})|0*(2[89]|3[0-9])W|#0*([6-9]|[1-9][0-9]+)");

  private final String meaning;
  private final String values;
  private final int last;

  CronField(String meaning, String values, int last) {
    this.meaning = meaning;
    this.values = values;
    this.last = last;
  }

  /**
   * @throws IllegalArgumentException naming the field, its text and what it may be
   */
  void check(String cron, String text) {
    if (!valid(text)) {
      throw new IllegalArgumentException(
          ("job: option 'cron' is '%s'; its %s '%s' must be %s, alone, in lists (1,2), ranges (1-5)"
                  + " or steps up to %s (*/5), or *")
              .formatted(cron, meaning, text, values, last));
    }
  }

  private boolean valid(String text) {
    String[] others = {"*", "*", "*", "*", "*", "*"};
    others[ordinal()] = text;
    return CHARACTERS.matcher(text).matches()
        && !BEYOND.matcher(text).find()
        && stepsFit(text)
        && CronExpression.isValidExpression(String.join(" ", others));
  }

  /** Every 90 minutes can't be said in the field of minutes: it would be each hour. */
  private boolean stepsFit(String text) {
    Matcher step = STEP.matcher(text);
    while (step.find()) {
      if (step.group(1).length() > 2 || Integer.parseInt(step.group(1)) > last) {
        return false;
      }
    }
    return true;
  }
}
