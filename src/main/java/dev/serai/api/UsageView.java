package dev.serai.api;

import dev.serai.usage.Measure;
import dev.serai.usage.UsageLimit;
import dev.serai.usage.UsageReport;
import dev.serai.usage.UsageTotal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace has used in a month.
 *
 * @param workspace who used it
 * @param period the month (UTC)
 * @param total in all
 * @param limits what it may use
 * @param tokensPercentage percent of the limit of tokens, with two decimals, rounded down; missing
 *     without one
 * @param costPercentage the same of cost
 * @param agents by agent, the most tokens first
 * @param days by day; days without use are left out
 */
record UsageView(
    String workspace,
    String period,
    Sum total,
    Limits limits,
    @Nullable BigDecimal tokensPercentage,
    @Nullable BigDecimal costPercentage,
    List<Sum> agents,
    List<Sum> days) {

  static UsageView of(String workspace, YearMonth month, UsageReport report, UsageLimit limit) {
    UsageTotal total =
        new UsageTotal(
            workspace,
            month.toString(),
            report.total().records(),
            report.total().tokens().longValueExact(),
            report.total().cost(),
            limit);
    return new UsageView(
        workspace,
        month.toString(),
        Sum.of(report.total()),
        limits(limit),
        total.percentage(Measure.TOKENS),
        total.percentage(Measure.COST),
        report.agents().stream().map(Sum::of).toList(),
        report.days().stream().map(Sum::of).toList());
  }

  static Daily daily(String workspace, YearMonth month, UsageReport report) {
    return new Daily(workspace, month.toString(), report.days().stream().map(Sum::of).toList());
  }

  static Limits limits(UsageLimit limit) {
    BigDecimal cost = limit.cost();
    return new Limits(limit.tokens(), cost == null ? null : plain(cost), limit.thresholds());
  }

  static Room room(UsageTotal total, long tokens, BigDecimal cost) {
    boolean allowed =
        total.hasRoom(Measure.TOKENS, BigDecimal.valueOf(tokens))
            && total.hasRoom(Measure.COST, cost);
    return new Room(allowed, total.month(), part(total, Measure.TOKENS), part(total, Measure.COST));
  }

  private static Part part(UsageTotal total, Measure measure) {
    BigDecimal used = total.used(measure);
    BigDecimal limit = total.limit().of(measure);
    return new Part(
        plain(used),
        limit == null ? null : plain(limit),
        limit == null ? null : plain(limit.subtract(used).max(BigDecimal.ZERO)),
        total.percentage(measure));
  }

  private static String plain(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }

  static @Nullable BigDecimal amount(String member, @Nullable String text) {
    try {
      return text == null ? null : new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is '%s'; it must be a number".formatted(member, text), e);
    }
  }

  /**
   * A sum.
   *
   * @param agent whose it is; missing for all, empty for records without an agent
   * @param day when it was (UTC); missing for the whole month
   * @param records how many records were counted
   * @param tokens how many tokens
   * @param cost how much: a decimal number as text, so that nothing of it is lost
   */
  record Sum(
      @Nullable String agent, @Nullable LocalDate day, long records, long tokens, String cost) {

    private static Sum of(UsageReport.Row row) {
      return new Sum(
          row.agent(), row.day(), row.records(), row.tokens().longValueExact(), plain(row.cost()));
    }
  }

  /**
   * What was used on each day.
   *
   * @param workspace who used it
   * @param period the month (UTC)
   * @param days by day; days without use are left out
   */
  record Daily(String workspace, String period, List<Sum> days) {}

  /**
   * What a workspace may use in a month.
   *
   * @param tokens how many; any number, if missing
   * @param cost how much, a decimal number; any amount, if missing
   * @param thresholds percent of a limit at which usage.limit-reached is emitted, once a month: at
   *     most ten of 1 to 1000; 80 and 100, if missing
   */
  record Limits(@Nullable Long tokens, @Nullable String cost, @Nullable List<Integer> thresholds)
      implements Audited {

    @Override
    public Map<String, ?> auditParameters() {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("tokens", tokens);
      shown.put("cost", cost);
      shown.put("thresholds", thresholds);
      return shown;
    }
  }

  /**
   * Whether there is room.
   *
   * @param allowed whether all of it is within the limits
   * @param period the month (UTC)
   * @param tokens of tokens
   * @param cost of money
   */
  record Room(boolean allowed, String period, Part tokens, Part cost) {}

  /**
   * How much of a measure is left.
   *
   * @param used how much was used
   * @param limit how much may be; missing without a limit
   * @param remaining how much is left; missing without a limit
   * @param percentage percent of the limit that were used, with two decimals, rounded down; missing
   *     without a limit
   */
  record Part(
      String used,
      @Nullable String limit,
      @Nullable String remaining,
      @Nullable BigDecimal percentage) {}
}
