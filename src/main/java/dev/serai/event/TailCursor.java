package dev.serai.event;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order in which events become visible: in a window between two snapshots, behind an
 * id. What a follower has seen is what was visible in {@code since}, and in the window up to {@code
 * after}.
 *
 * @param after the last event of the window that was seen, or what lies before its first
 * @param since the snapshot before the window; null, if the window is all that was
 * @param until the snapshot that the window ends with
 * @param untilTaken when that was taken
 * @param floor no event that is not visible in {@code until} has an id before this time
 */
public record TailCursor(
    UUID after, @Nullable Snapshot since, Snapshot until, Instant untilTaken, Instant floor) {

  /** From the making of an id to the beginning of the transaction that writes it, at most. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  /** As long as transactions are taken to last that were under way before anybody looked. */
  private static final Duration START_SLACK = Duration.ofMinutes(10);

  private static final Pattern FORM =
      Pattern.compile(
          "([0-9a-f-]{36})~(\\d{1,15})~(\\d{1,15})~(\\d+:\\d+:[\\d,]*)~(\\d+:\\d+:[\\d,]*|)");

  /**
   * What {@code pg_current_snapshot()} says.
   *
   * @param text all of it
   * @param oldest the oldest transaction under way
   * @param next the first transaction that had not begun
   */
  record Snapshot(String text, long oldest, long next) {
    static Snapshot of(String text) {
      String[] parts = text.split(":", 3);
      return new Snapshot(text, Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
  }

  /** Before everything that becomes visible from now on. */
  static TailCursor now(Snapshot snapshot, Instant taken) {
    Instant floor = taken.minus(START_SLACK);
    return new TailCursor(EventIds.least(floor), snapshot, snapshot, taken, floor);
  }

  /** Behind an id, in all that is visible now. */
  static TailCursor behind(UUID after, Snapshot snapshot, Instant taken) {
    return new TailCursor(after, null, snapshot, taken, taken.minus(START_SLACK));
  }

  TailCursor seen(UUID event) {
    return new TailCursor(event, since, until, untilTaken, floor);
  }

  /**
   * The beginning of the next window. The floor rises when all transactions that were under way at
   * the snapshot before have ended: those under way now began after it, and so did their ids.
   */
  TailCursor next(Snapshot snapshot, Instant taken) {
    boolean allBegunSince = snapshot.oldest() >= until.next();
    Instant risen = untilTaken.minus(SLACK);
    return new TailCursor(
        EventIds.least(floor),
        until,
        snapshot,
        taken,
        allBegunSince && risen.isAfter(floor) ? risen : floor);
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static TailCursor parse(String text) {
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      try {
        String since = form.group(5);
        return new TailCursor(
            UUID.fromString(form.group(1)),
            since.isEmpty() ? null : Snapshot.of(since),
            Snapshot.of(form.group(4)),
            Instant.ofEpochMilli(Long.parseLong(form.group(3))),
            Instant.ofEpochMilli(Long.parseLong(form.group(2))));
      } catch (DateTimeException | IllegalArgumentException e) {
        throw new IllegalArgumentException("'%s' is no position in the log".formatted(text), e);
      }
    }
    throw new IllegalArgumentException("'%s' is no position in the log".formatted(text));
  }

  @Override
  public String toString() {
    return "%s~%s~%s~%s~%s"
        .formatted(
            after,
            floor.toEpochMilli(),
            untilTaken.toEpochMilli(),
            until.text(),
            since == null ? "" : since.text());
  }
}
