package dev.serai.usage;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something that was used.
 *
 * @param workspace who used it, 1 to 200 bytes
 * @param key a second record of the workspace with this key is not counted, 1 to 512 bytes; null to
 *     count each
 * @param agent what used it, at most 200 bytes; empty for nothing in particular
 * @param day on which it counts (UTC)
 * @param tokens how many, 0 to 10^12
 * @param cost how much, 0 to 10^12 in whatever currency, with at most nine decimals
 */
public record UsageRecord(
    String workspace,
    @Nullable String key,
    String agent,
    LocalDate day,
    long tokens,
    BigDecimal cost) {

  static final int MAX_NAME = 200;
  static final int MAX_DECIMALS = 9;

  private static final int MAX_KEY = 512;
  private static final long MOST = 1_000_000_000_000L;

  /**
   * @throws IllegalArgumentException naming the member that makes no sense
   */
  public UsageRecord {
    requireWorkspace(workspace);
    if (key != null) {
      Texts.require("key", key, 1, MAX_KEY);
    }
    Texts.require("agent", agent, 0, MAX_NAME);
    if (tokens < 0 || tokens > MOST) {
      throw new IllegalArgumentException(
          "'tokens' is %s; it must be 0 to %s".formatted(tokens, MOST));
    }
    requireAmount("cost", cost);
  }

  /**
   * @throws IllegalArgumentException unless it can be the name of a workspace
   */
  public static void requireWorkspace(String workspace) {
    Texts.require("workspace", workspace, 1, MAX_NAME);
  }

  static void requireAmount(String member, BigDecimal amount) {
    if (amount.signum() < 0
        || amount.compareTo(BigDecimal.valueOf(MOST)) > 0
        || amount.stripTrailingZeros().scale() > MAX_DECIMALS) {
      throw new IllegalArgumentException(
          "'%s' is %s; it must be 0 to %s, with at most %s decimals"
              .formatted(member, amount, MOST, MAX_DECIMALS));
    }
  }

  /** The month in which it counts: {@code 2026-11}. */
  String month() {
    return day.toString().substring(0, 7);
  }
}
