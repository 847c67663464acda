package dev.serai.api;

import dev.serai.usage.Usage;
import dev.serai.usage.UsageLimit;
import dev.serai.usage.UsageRecord;
import dev.serai.usage.UsageTotal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a workspace has used, and may use. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/usage")
class WorkspaceUsageController {

  private final Usage usage;

  WorkspaceUsageController(Usage usage) {
    this.usage = usage;
  }

  /**
   * What was used in a month: in all, by agent and by day, with the limits and how much of them
   * that is.
   *
   * @param workspace who used it
   * @param period the month (UTC), such as 2026-11; the current one, if missing
   */
  @GetMapping
  UsageView show(
      @PathVariable String workspace, @RequestParam(required = false) @Nullable String period) {
    YearMonth month = month(workspace, period);
    return UsageView.of(
        workspace, month, usage.report(workspace, month), usage.total(workspace, month).limit());
  }

  /**
   * What was used on each day of a month; days without use are left out.
   *
   * @param workspace who used it
   * @param period the month (UTC), such as 2026-11; the current one, if missing
   */
  @GetMapping("/daily")
  UsageView.Daily daily(
      @PathVariable String workspace, @RequestParam(required = false) @Nullable String period) {
    YearMonth month = month(workspace, period);
    return UsageView.daily(workspace, month, usage.report(workspace, month));
  }

  /**
   * Whether so much more is within the limits of this month. Nothing is counted or reserved.
   *
   * @param workspace who would use it
   * @param tokens how many; 0, if missing
   * @param cost how much; 0, if missing
   */
  @GetMapping("/check")
  UsageView.Room check(
      @PathVariable String workspace,
      @RequestParam(defaultValue = "0") long tokens,
      @RequestParam(defaultValue = "0") BigDecimal cost) {
    requireWorkspace(workspace);
    if (tokens < 0) {
      throw Problem.badRequest("Parameter 'tokens' is %s; it must be 0 or more".formatted(tokens));
    }
    if (cost.signum() < 0) {
      throw Problem.badRequest("Parameter 'cost' is %s; it must be 0 or more".formatted(cost));
    }
    return UsageView.room(usage.current(workspace), tokens, cost);
  }

  /**
   * What a workspace may use in a month.
   *
   * @param workspace whose limits
   */
  @GetMapping("/limits")
  UsageView.Limits limits(@PathVariable String workspace) {
    YearMonth month = month(workspace, null);
    return UsageView.limits(usage.total(workspace, month).limit());
  }

  /**
   * Sets what a workspace may use in a month (UTC). What is reached already is told of at once.
   *
   * @param workspace whose limits
   */
  @PutMapping("/limits")
  UsageView.Limits limit(@PathVariable String workspace, @RequestBody UsageView.Limits limits) {
    UsageTotal total =
        Problem.checked(
            () ->
                usage.limit(
                    workspace,
                    new UsageLimit(
                        limits.tokens(),
                        UsageView.amount("cost", limits.cost()),
                        Objects.requireNonNullElse(
                            limits.thresholds(), UsageLimit.NONE.thresholds()),
                        0)));
    return UsageView.limits(total.limit());
  }

  private static YearMonth month(String workspace, Usage usage, @Nullable String period) {
    requireWorkspace(workspace);
    if (period == null) {
      return usage.month();
    }
    try {
      if (!period.matches("2\\d{3}-\\d{2}")) {
        throw new DateTimeException(period);
      }
      return YearMonth.parse(period);
    } catch (DateTimeException e) {
      throw Problem.badRequest(
          "Parameter 'period' is '%s'; it must be a month such as 2026-11".formatted(period));
    }
  }

  private YearMonth month(String workspace, @Nullable String period) {
    return month(workspace, usage, period);
  }

  private static void requireWorkspace(String workspace) {
    Problem.checked(
        () -> {
          UsageRecord.requireWorkspace(workspace);
          return workspace;
        });
  }
}
