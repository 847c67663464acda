package dev.serai;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Predicate;

/** A part of an expression, as it is reckoned at a time: values by labels, a number has none. */
interface PromNode {

  Map<Map<String, String>, Double> at(PromHistory history, double time);

  static PromNode number(double number) {
    return (history, time) -> Map.of(Map.of(), number);
  }

  static PromNode time() {
    return (history, time) -> Map.of(Map.of(), time);
  }

  static PromNode instant(PromSelector wanted, double offset) {
    return (history, time) -> {
      Map<Map<String, String>, Double> found = new LinkedHashMap<>();
      history.at(time - offset).stream()
          .filter(wanted::selects)
          .forEach(sample -> found.put(sample.labels(), sample.value()));
      return found;
    };
  }

  /**
   * By how much counters have grown; without Prometheus' extrapolation to the ends of the range.
   */
  static PromNode increase(PromSelector wanted, double span, double offset, boolean perSecond) {
    return (history, time) -> {
      Map<Map<String, String>, Double> found = new LinkedHashMap<>();
      history
          .range(wanted, time - offset, span)
          .forEach(
              (labels, points) -> {
                if (points.size() > 1) {
                  double grown = 0;
                  for (int i = 1; i < points.size(); i++) {
                    double difference = points.get(i).value() - points.get(i - 1).value();
                    grown += difference < 0 ? points.get(i).value() : difference;
                  }
                  found.put(labels, perSecond ? grown / span : grown);
                }
              });
      return found;
    };
  }

  static PromNode aggregate(String how, Iterable<String> by, PromNode inner) {
    DoubleBinaryOperator together =
        switch (how) {
          case "sum" -> Double::sum;
          case "min" -> PromNode::least;
          default -> PromNode::most;
        };
    return (history, time) -> {
      Map<Map<String, String>, Double> found = new LinkedHashMap<>();
      inner
          .at(history, time)
          .forEach(
              (labels, value) -> {
                Map<String, String> group = new TreeMap<>();
                by.forEach(label -> group.put(label, labels.getOrDefault(label, "")));
                found.merge(group, value, (one, other) -> together.applyAsDouble(one, other));
              });
      return found;
    };
  }

  /** NaN counts only if there is nothing else, as in Prometheus. */
  private static double least(double one, double other) {
    return Double.isNaN(one) || other < one ? other : one;
  }

  private static double most(double one, double other) {
    return Double.isNaN(one) || other > one ? other : one;
  }

  static PromNode absent(PromNode inner) {
    return (history, time) -> inner.at(history, time).isEmpty() ? Map.of(Map.of(), 1.0) : Map.of();
  }

  /**
   * @param one whether the left side is a number
   * @param other whether the right side is
   */
  static PromNode both(String operator, PromNode left, boolean one, PromNode right, boolean other) {
    return (history, time) -> {
      Map<Map<String, String>, Double> a = left.at(history, time);
      Map<Map<String, String>, Double> b = right.at(history, time);
      Map<Map<String, String>, Double> found = new LinkedHashMap<>();
      switch (operator) {
        case "or" -> {
          found.putAll(b);
          found.putAll(a);
        }
        case "and" -> a.forEach((labels, value) -> keep(found, labels, value, b::containsKey));
        case "unless" ->
            a.forEach((labels, value) -> keep(found, labels, value, key -> !b.containsKey(key)));
        default ->
            (one ? b : a)
                .keySet()
                .forEach(
                    labels -> {
                      Double x = a.get(one ? Map.of() : labels);
                      Double y = b.get(other ? Map.of() : labels);
                      if (x != null && y != null) {
                        reckon(operator, found, labels, x, y);
                      }
                    });
      }
      return found;
    };
  }

  private static void keep(
      Map<Map<String, String>, Double> found,
      Map<String, String> labels,
      double value,
      Predicate<Map<String, String>> wanted) {
    if (wanted.test(labels)) {
      found.put(labels, value);
    }
  }

  private static void reckon(
      String operator,
      Map<Map<String, String>, Double> found,
      Map<String, String> labels,
      double x,
      double y) {
    switch (operator) {
      case "+" -> found.put(labels, x + y);
      case "-" -> found.put(labels, x - y);
      case "*" -> found.put(labels, x * y);
      case "/" -> found.put(labels, x / y);
      case ">" -> keep(found, labels, x, key -> x > y);
      case "<" -> keep(found, labels, x, key -> x < y);
      case ">=" -> keep(found, labels, x, key -> x >= y);
      case "<=" -> keep(found, labels, x, key -> x <= y);
      case "==" -> keep(found, labels, x, key -> x == y);
      default -> keep(found, labels, x, key -> x != y);
    }
  }

  static PromNode quantile(PromNode share, PromNode buckets) {
    return (history, time) -> {
      double wanted = share.at(history, time).getOrDefault(Map.of(), Double.NaN);
      Map<Map<String, String>, TreeMap<Double, Double>> histograms = new HashMap<>();
      buckets
          .at(history, time)
          .forEach(
              (labels, count) -> {
                Map<String, String> rest = new TreeMap<>(labels);
                String le = rest.remove("le");
                double bound =
                    "+Inf".equals(le) ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
                histograms.computeIfAbsent(rest, key -> new TreeMap<>()).put(bound, count);
              });
      Map<Map<String, String>, Double> found = new LinkedHashMap<>();
      histograms.forEach((labels, histogram) -> found.put(labels, within(histogram, wanted)));
      return found;
    };
  }

  private static double within(TreeMap<Double, Double> histogram, double share) {
    double rank = histogram.lastEntry().getValue() * share;
    if (rank == 0) {
      return Double.NaN;
    }
    double below = 0;
    double from = 0;
    for (Map.Entry<Double, Double> bucket : histogram.entrySet()) {
      double bound = bucket.getKey();
      double count = bucket.getValue();
      if (count >= rank) {
        return Double.isInfinite(bound)
            ? from
            : from + (bound - from) * (rank - below) / (count - below);
      }
      below = count;
      from = bound;
    }
    return from;
  }
}
