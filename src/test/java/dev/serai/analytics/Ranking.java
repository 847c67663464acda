package dev.serai.analytics;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which agents, errors, currencies and workspaces are named in a report, and with what. */
record Ranking(List<Fact.Execution> now, List<Fact.Execution> before) {

  private static final int MOST = 10;

  private Map<List<String>, List<Fact.Execution>> agentGroups() {
    return now.stream().collect(groupingBy(e -> List.of(e.agent(), e.workspace())));
  }

  int agentCount() {
    return agentGroups().size();
  }

  List<Map<String, @Nullable Object>> agents() {
    List<Map<String, @Nullable Object>> agents = new ArrayList<>();
    agentGroups()
        .forEach(
            (name, runs) -> {
              List<Long> times =
                  runs.stream().map(Fact.Execution::ms).filter(Objects::nonNull).toList();
              Map<String, @Nullable Object> agent = new LinkedHashMap<>();
              agent.put("agent", name.get(0));
              agent.put("workspace", name.get(1));
              agent.put("executions", runs.size());
              agent.put("failed", Week.failed(runs));
              agent.put("error_rate", share(Week.failed(runs), runs.size(), 4));
              agent.put(
                  "mean_ms",
                  times.isEmpty() ? null : share(Week.sum(times, n -> n), times.size(), 0));
              agent.put("tokens", Week.sum(runs, Fact.Execution::tokens));
              agent.put("costs", Performance.costs(runs));
              agents.add(agent);
            });
    return most(agents, "executions", "agent", "workspace");
  }

  private static BigDecimal share(long part, long whole, int scale) {
    return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), scale, RoundingMode.HALF_UP);
  }

  List<Map<String, @Nullable Object>> errors() {
    List<Map<String, @Nullable Object>> errors = new ArrayList<>();
    now.stream()
        .filter(e -> e.status().equals("failed"))
        .collect(groupingBy(e -> Objects.requireNonNullElse(e.error(), "")))
        .forEach(
            (error, runs) -> {
              Map<String, @Nullable Object> row = new LinkedHashMap<>();
              row.put("error", error);
              row.put("failures", runs.size());
              row.put(
                  "agents",
                  runs.stream().map(e -> List.of(e.workspace(), e.agent())).distinct().count());
              errors.add(row);
            });
    return most(errors, "failures", "error", "error");
  }

  List<Object> costs() {
    Map<String, BigDecimal> now = Performance.costs(this.now);
    Map<String, BigDecimal> before = Performance.costs(this.before);
    TreeSet<String> currencies = new TreeSet<>(now.keySet());
    currencies.addAll(before.keySet());
    List<Object> costs = new ArrayList<>();
    for (String currency : currencies) {
      BigDecimal value = now.getOrDefault(currency, BigDecimal.ZERO);
      BigDecimal was = before.getOrDefault(currency, BigDecimal.ZERO);
      Map<String, @Nullable Object> cost = Week.change(value, was);
      cost.put("currency", currency);
      costs.add(cost);
    }
    return costs;
  }

  List<Map<String, @Nullable Object>> workspaces() {
    Map<String, List<Fact.Execution>> before =
        this.before.stream().collect(groupingBy(Fact::workspace));
    Map<String, List<Fact.Execution>> now = this.now.stream().collect(groupingBy(Fact::workspace));
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    List<Map<String, @Nullable Object>> workspaces = new ArrayList<>();
    for (String name : names) {
      List<Fact.Execution> runs = now.getOrDefault(name, List.of());
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      row.put("workspace", name);
      row.put("executions", runs.size());
      row.put("failed", Week.failed(runs));
      row.put("before", before.getOrDefault(name, List.of()).size());
      workspaces.add(row);
    }
    workspaces.sort(comparing((Map<String, @Nullable Object> row) -> -number(row, "before")));
    return most(workspaces, "executions", null, null);
  }

  private static long number(Map<String, @Nullable Object> row, String name) {
    return Long.parseLong(String.valueOf(row.get(name)));
  }

  private static List<Map<String, @Nullable Object>> most(
      List<Map<String, @Nullable Object>> rows,
      String number,
      @Nullable String first,
      @Nullable String second) {
    rows.sort(
        comparing((Map<String, @Nullable Object> row) -> -number(row, number))
            .thenComparing(row -> first == null ? "" : String.valueOf(row.get(first)))
            .thenComparing(row -> second == null ? "" : String.valueOf(row.get(second))));
    return rows.subList(0, Math.min(MOST, rows.size()));
  }
}
