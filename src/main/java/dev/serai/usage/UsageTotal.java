package dev.serai.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace has used in a month, and may use.
 *
 * @param month {@code 2026-11}
 * @param records how many were counted; it only grows, so of two totals the greater is the later
 */
public record UsageTotal(
    String workspace, String month, long records, long tokens, BigDecimal cost, UsageLimit limit) {

  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** How much of a measure was used. */
  public BigDecimal used(Measure measure) {
    return switch (measure) {
      case TOKENS -> BigDecimal.valueOf(tokens);
      case COST -> cost;
    };
  }

  /** Percent of the limit that were used, with two decimals, rounded down; null without a limit. */
  public @Nullable BigDecimal percentage(Measure measure) {
    BigDecimal most = limit.of(measure);
    return most == null ? null : used(measure).multiply(HUNDRED).divide(most, 2, RoundingMode.DOWN);
  }

  /** Whether so much more is within the limit. */
  public boolean hasRoom(Measure measure, BigDecimal more) {
    BigDecimal most = limit.of(measure);
    return most == null || used(measure).add(more).compareTo(most) <= 0;
  }

  /** Whether so many percent of the limit were used. */
  boolean hasReached(Measure measure, int threshold) {
    BigDecimal most = limit.of(measure);
    return most != null
        && used(measure).multiply(HUNDRED).compareTo(most.multiply(BigDecimal.valueOf(threshold)))
            >= 0;
  }
}
