package dev.serai.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace may use in a month.
 *
 * @param tokens how many; null for any number
 * @param cost how much; null for any amount
 * @param thresholds percent of a limit at which {@code usage.limit-reached} is emitted, 1 to 1000,
 *     at most ten
 * @param version one more with each change; 0 if nothing was ever said
 */
public record UsageLimit(
    @Nullable Long tokens, @Nullable BigDecimal cost, List<Integer> thresholds, long version) {

  /** For workspaces of which nothing was said. */
  public static final UsageLimit NONE = new UsageLimit(null, null, List.of(80, 100), 0);

  private static final int MAX_THRESHOLD = 1_000;
  private static final int MAX_THRESHOLDS = 10;

  /**
   * @throws IllegalArgumentException naming the member that makes no sense
   */
  public UsageLimit {
    if (tokens != null && tokens < 1) {
      throw new IllegalArgumentException("'tokens' is %s; it must be 1 or more".formatted(tokens));
    }
    if (cost != null) {
      UsageRecord.requireAmount("cost", cost);
      if (cost.signum() == 0) {
        throw new IllegalArgumentException("'cost' is 0; it must be more");
      }
    }
    if (thresholds.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("'thresholds' has an entry without a number");
    }
    thresholds = thresholds.stream().sorted().distinct().toList();
    if (thresholds.size() > MAX_THRESHOLDS
        || thresholds.stream().anyMatch(percent -> percent < 1 || percent > MAX_THRESHOLD)) {
      throw new IllegalArgumentException(
          "'thresholds' is %s; it must be at most %s of 1 to %s percent"
              .formatted(thresholds, MAX_THRESHOLDS, MAX_THRESHOLD));
    }
  }

  /** The limit of a measure. */
  public @Nullable BigDecimal of(Measure measure) {
    return switch (measure) {
      case TOKENS -> tokens == null ? null : BigDecimal.valueOf(tokens);
      case COST -> cost;
    };
  }
}
