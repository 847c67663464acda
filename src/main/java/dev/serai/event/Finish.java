package dev.serai.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt ended.
 *
 * @param state {@code done}, {@code skipped}, {@code cancelled}, {@code dead}, or {@code ready} for
 *     another attempt at {@code retryAt}
 * @param cause why the attempt failed, such as {@code timeout}, or an exception's simple name; null
 *     if not
 * @param detail the same for people, capped
 * @param result what the handler has to tell of its success, capped; null if nothing
 */
public record Finish(
    Claimed delivery,
    String state,
    @Nullable Instant retryAt,
    Instant startedAt,
    @Nullable String cause,
    @Nullable String detail,
    @Nullable String result) {

  private static final int MAX_DETAIL = 4_000;
  private static final int MAX_RESULT = 32_000;

  public static Finish done(Claimed delivery, Instant startedAt) {
    return new Finish(delivery, "done", null, startedAt, null, null, null);
  }

  /** The same with what the handler tells. */
  public Finish telling(@Nullable String told) {
    return new Finish(
        delivery,
        state,
        retryAt,
        startedAt,
        cause,
        detail,
        told == null ? null : printable(told, MAX_RESULT));
  }

  public static Finish skipped(Claimed delivery, Instant startedAt) {
    return new Finish(delivery, "skipped", null, startedAt, null, null, null);
  }

  public static Finish cancelled(Claimed delivery, Instant startedAt) {
    return new Finish(
        delivery, "cancelled", null, startedAt, "cancelled", "Cancelled on request", null);
  }

  public static Finish retry(
      Claimed delivery, Instant startedAt, Instant retryAt, String cause, String detail) {
    return new Finish(
        delivery, "ready", retryAt, startedAt, cause, printable(detail, MAX_DETAIL), null);
  }

  public static Finish dead(Claimed delivery, Instant startedAt, String cause, String detail) {
    return new Finish(
        delivery, "dead", null, startedAt, cause, printable(detail, MAX_DETAIL), null);
  }

  private static String printable(String raw, int most) {
    String text = raw.replace("\0", "\\0");
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
