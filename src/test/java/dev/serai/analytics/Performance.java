package dev.serai.analytics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How agents did, by workspace, agent and day: worked out from facts, or read from the table. */
final class Performance {

  private Performance() {}

  static Map<String, Map<String, Object>> read(List<String> rows) {
    Map<String, Map<String, Object>> read = new HashMap<>();
    for (String json : rows) {
      Map<String, Object> row = Json.read(json);
      row.remove("changed_at");
      read.put(key(row.remove("workspace"), row.remove("agent"), row.remove("day")), row);
    }
    return read;
  }

  private static String key(Object workspace, Object agent, Object day) {
    return "%s/%s/%s".formatted(workspace, agent, day);
  }

  static Map<String, Map<String, Object>> of(
      Collection<Fact> facts, String firstDay, String lastDay) {
    LocalDate first = LocalDate.parse(firstDay);
    LocalDate last = LocalDate.parse(lastDay);
    return facts.stream()
        .filter(Fact.Execution.class::isInstance)
        .map(Fact.Execution.class::cast)
        .filter(fact -> !fact.day().isBefore(first) && !fact.day().isAfter(last))
        .collect(groupingBy(e -> key(e.workspace(), e.agent(), e.day())))
        .entrySet()
        .stream()
        .collect(toMap(Map.Entry::getKey, group -> row(group.getValue())));
  }

  private static Map<String, Object> row(List<Fact.Execution> group) {
    List<Long> times =
        group.stream().map(Fact.Execution::ms).filter(Objects::nonNull).sorted().toList();
    long failed = count(group, "failed");
    Map<String, @Nullable Object> row = new TreeMap<>();
    row.put("executions", group.size());
    row.put("succeeded", count(group, "succeeded"));
    row.put("failed", failed);
    row.put("cancelled", count(group, "cancelled"));
    row.put(
        "error_rate",
        BigDecimal.valueOf(failed)
            .divide(BigDecimal.valueOf(group.size()), 4, RoundingMode.HALF_UP));
    row.put("timed", times.size());
    row.put("total_ms", times.stream().mapToLong(Long::longValue).sum());
    row.put("p50_ms", percentile(times, "0.50"));
    row.put("p95_ms", percentile(times, "0.95"));
    row.put("p99_ms", percentile(times, "0.99"));
    row.put("tokens_in", group.stream().mapToLong(Fact.Execution::read).sum());
    row.put("tokens_out", group.stream().mapToLong(Fact.Execution::written).sum());
    row.put("costs", costs(group));
    return Json.plain(row);
  }

  private static long count(List<Fact.Execution> group, String status) {
    return group.stream().filter(e -> e.status().equals(status)).count();
  }

  static Map<String, BigDecimal> costs(Collection<Fact.Execution> group) {
    Map<String, BigDecimal> costs = new TreeMap<>();
    for (Fact.Execution execution : group) {
      if (execution.cost() != null) {
        costs.merge(
            Objects.requireNonNullElse(execution.currency(), ""),
            execution.cost(),
            BigDecimal::add);
      }
    }
    return costs;
  }

  /** The place of a percentile among n values that are sorted is its share of n - 1. */
  private static @Nullable BigDecimal percentile(List<Long> sorted, String share) {
    if (sorted.isEmpty()) {
      return null;
    }
    BigDecimal place = new BigDecimal(share).multiply(BigDecimal.valueOf(sorted.size() - 1L));
    int below = place.intValue();
    long low = sorted.get(below);
    long high = sorted.get(Math.min(below + 1, sorted.size() - 1));
    return BigDecimal.valueOf(low)
        .add(place.subtract(BigDecimal.valueOf(below)).multiply(BigDecimal.valueOf(high - low)));
  }
}
