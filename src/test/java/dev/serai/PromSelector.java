package dev.serai;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an expression reads of a metric.
 *
 * @param labels those that the expression uses
 */
record PromSelector(String metric, List<Matcher> matchers, Set<String> labels) {

  /** Whether it is there as the expression wants it. */
  boolean matches(Metrics.Sample sample) {
    return sample.labels().keySet().containsAll(labels) && selects(sample);
  }

  /** Whether Prometheus takes it, which cares for matchers only. */
  boolean selects(Metrics.Sample sample) {
    return sample.name().equals(metric)
        && matchers.stream().allMatch(m -> m.matches(sample.labels().get(m.label)));
  }

  /** A condition on a label. */
  record Matcher(String label, String operator, String value) {
    boolean matches(@Nullable String actual) {
      String there = actual == null ? "" : actual;
      return switch (operator) {
        case "=" -> there.equals(value);
        case "=~" -> Pattern.matches(value, there);
        default -> throw new IllegalArgumentException("No operator of ours: " + operator);
      };
    }
  }
}
