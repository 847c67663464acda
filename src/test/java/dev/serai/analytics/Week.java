package dev.serai.analytics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a report is to say of a week, worked out fact by fact. */
final class Week {

  private final String workspace;
  private final LocalDate monday;
  private final List<Fact> facts;

  /**
   * @param workspace * for all
   */
  Week(Collection<? extends Fact> facts, String workspace, LocalDate monday) {
    this.workspace = workspace;
    this.monday = monday;
    this.facts =
        facts.stream()
            .filter(fact -> workspace.equals("*") || workspace.equals(fact.workspace()))
            .filter(fact -> isOf(fact, 0) || isOf(fact, -7))
            .map(Fact.class::cast)
            .toList();
  }

  private boolean isOf(Fact fact, int days) {
    LocalDate first = monday.plusDays(days);
    return !fact.day().isBefore(first) && fact.day().isBefore(first.plusDays(7));
  }

  boolean isEmpty() {
    return facts.isEmpty();
  }

  private <T extends Fact> List<T> of(Class<T> type, int days) {
    return facts.stream()
        .filter(f -> isOf(f, days))
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private List<Fact.Execution> executions(int days) {
    return of(Fact.Execution.class, days);
  }

  static String name(LocalDate monday) {
    int week = monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    return "%s-W%s%s".formatted(monday.get(IsoFields.WEEK_BASED_YEAR), week < 10 ? "0" : "", week);
  }

  Map<String, Object> expected() {
    Map<String, @Nullable Object> report = new TreeMap<>();
    report.put("workspace", workspace);
    report.put("period", name(monday));
    report.put("before", name(monday.minusDays(7)));
    report.put("from", monday.toString());
    report.put("to", monday.plusDays(6).toString());
    report.put("complete", true);
    report.put("totals", totals());
    report.put("days", days());
    Ranking ranking = new Ranking(executions(0), executions(-7));
    report.put("agents", ranking.agents());
    report.put("agent_count", ranking.agentCount());
    report.put("errors", ranking.errors());
    report.put("costs", ranking.costs());
    report.put("workspaces", workspace.equals("*") ? ranking.workspaces() : List.of());
    report.put(
        "workspace_count",
        facts.stream().filter(f -> isOf(f, 0)).map(Fact::workspace).distinct().count());
    return Json.plain(report);
  }

  private Map<String, Object> totals() {
    Map<String, Object> totals = new TreeMap<>();
    totals.put("executions", change(days -> executions(days).size()));
    for (String status : List.of("succeeded", "failed", "cancelled")) {
      totals.put(
          status,
          change(days -> executions(days).stream().filter(e -> e.status().equals(status)).count()));
    }
    totals.put("active_agents", change(this::activeAgents));
    totals.put("agent_ms", change(days -> sum(executions(days), e -> zero(e.ms()))));
    totals.put("tokens_in", change(days -> sum(executions(days), Fact.Execution::read)));
    totals.put("tokens_out", change(days -> sum(executions(days), Fact.Execution::written)));
    totals.put("content_items", change(days -> of(Fact.Content.class, days).size()));
    totals.put(
        "content_words", change(days -> sum(of(Fact.Content.class, days), c -> zero(c.words()))));
    totals.put(
        "content_tokens", change(days -> sum(of(Fact.Content.class, days), c -> zero(c.tokens()))));
    totals.put(
        "recorded_tokens",
        change(days -> sum(of(Fact.Recorded.class, days), Fact.Recorded::tokens)));
    totals.put("recorded_cost", change(recordedCost(0), recordedCost(-7)));
    return totals;
  }

  private static long zero(@Nullable Long number) {
    return number == null ? 0 : number;
  }

  static <T> long sum(List<T> facts, ToLongFunction<T> number) {
    return facts.stream().mapToLong(number).sum();
  }

  private long activeAgents(int days) {
    TreeSet<String> agents = new TreeSet<>();
    executions(days).forEach(e -> agents.add(e.workspace() + "/" + e.agent()));
    of(Fact.Recorded.class, days).stream()
        .filter(r -> !r.agent().isEmpty())
        .forEach(r -> agents.add(r.workspace() + "/" + r.agent()));
    return agents.size();
  }

  private BigDecimal recordedCost(int days) {
    return of(Fact.Recorded.class, days).stream()
        .map(Fact.Recorded::cost)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Map<String, @Nullable Object> change(IntToLongFunction number) {
    return change(
        BigDecimal.valueOf(number.applyAsLong(0)), BigDecimal.valueOf(number.applyAsLong(-7)));
  }

  static Map<String, @Nullable Object> change(BigDecimal now, BigDecimal before) {
    Map<String, @Nullable Object> change = new TreeMap<>();
    change.put("value", now);
    change.put("before", before);
    boolean isNew = before.signum() == 0;
    change.put(
        "change_percent",
        isNew
            ? null
            : now.subtract(before)
                .multiply(new BigDecimal(100))
                .divide(before, 1, RoundingMode.HALF_UP));
    int sign = now.compareTo(before);
    change.put("trend", sign == 0 ? "same" : isNew ? "new" : sign > 0 ? "up" : "down");
    return change;
  }

  private List<Object> days() {
    List<Object> days = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      LocalDate day = monday.plusDays(i);
      List<Fact.Execution> runs = executions(0).stream().filter(e -> e.day().equals(day)).toList();
      days.add(
          Map.of(
              "day", day.toString(),
              "executions", runs.size(),
              "failed", failed(runs),
              "tokens", sum(runs, Fact.Execution::tokens),
              "content_items",
                  of(Fact.Content.class, 0).stream().filter(c -> c.day().equals(day)).count()));
    }
    return days;
  }

  static long failed(List<Fact.Execution> runs) {
    return runs.stream().filter(e -> e.status().equals("failed")).count();
  }
}
