package dev.serai.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a request found in its window.
 *
 * @param allowed whether it may go on; then it is counted
 * @param limit most in any window
 * @param remaining how much more may be asked now
 * @param at when it was judged, by Redis's clock
 * @param resetAt when all that is counted will have left the window
 * @param retryAt when what was asked would be allowed, if nobody else asks; now, if it is
 */
public record RateUse(
    boolean allowed, int limit, long remaining, Instant at, Instant resetAt, Instant retryAt) {

  /** Whole seconds until {@code retryAt}, rounded up. */
  public long retryAfter() {
    return seconds(retryAt);
  }

  /** Whole seconds until {@code resetAt}, rounded up. */
  public long resetAfter() {
    return seconds(resetAt);
  }

  private long seconds(Instant time) {
    return Math.ceilDiv(ChronoUnit.MICROS.between(at, time), 1_000_000L);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(Duration.of(micros, ChronoUnit.MICROS));
  }
}
