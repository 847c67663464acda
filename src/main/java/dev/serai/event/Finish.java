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
 */
public record Finish(
    Claimed delivery,
    String state,
    @Nullable Instant retryAt,
    Instant startedAt,
    @Nullable String cause,
    @Nullable String detail) {

  private static final int MAX_DETAIL = 4_000;

  public static Finish done(Claimed delivery, Instant startedAt) {
    return new Finish(delivery, "done", null, startedAt, null, null);
  }

  public static Finish skipped(Claimed delivery, Instant startedAt) {
    return new Finish(delivery, "skipped", null, startedAt, null, null);
  }

  public static Finish cancelled(Claimed delivery, Instant startedAt) {
    return new Finish(delivery, "cancelled", null, startedAt, "cancelled", "Cancelled on request");
  }

  public static Finish retry(
      Claimed delivery, Instant startedAt, Instant retryAt, String cause, String detail) {
    return new Finish(delivery, "ready", retryAt, startedAt, cause, printable(detail));
  }

  public static Finish dead(Claimed delivery, Instant startedAt, String cause, String detail) {
    return new Finish(delivery, "dead", null, startedAt, cause, printable(detail));
  }

  private static String printable(String detail) {
    String text = detail.replace("\0", "\\0");
    return text.length() <= MAX_DETAIL ? text : text.substring(0, MAX_DETAIL) + "...";
  }
}
