package dev.serai;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what our alerts use of Prometheus' language, and nothing else: who uses more of it adds
 * that here. It checks what Prometheus would: grammar, precedence, ranges where functions want
 * them, and more: that both sides of an operator have the same labels, or they would match nothing.
 */
final class PromQuery {

  /** Those that bind least first. */
  private static final List<List<String>> OPERATORS =
      List.of(
          List.of("or"),
          List.of("and", "unless"),
          List.of(">", "<", ">=", "<=", "==", "!="),
          List.of("+", "-"),
          List.of("*", "/"));

  /** How many levels of them are about sets. */
  private static final int SETS = 2;

  private static final List<String> AGGREGATIONS = List.of("sum", "min", "max");

  private final PromTokens tokens;
  private final List<Selector> selectors = new ArrayList<>();
  private final Value result;

  PromQuery(String expression) {
    tokens = new PromTokens(expression);
    result = expression(0);
    if (!tokens.isEnd()) {
      throw tokens.problem("It should end");
    }
  }

  /** The metrics that it reads. */
  List<Selector> selectors() {
    return selectors;
  }

  /** The labels of what it results in. */
  Set<String> labels() {
    if (result.labels == null) {
      throw tokens.problem("Nobody knows the labels of the result");
    }
    return result.labels;
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

  /**
   * What it reads of a metric.
   *
   * @param labels those that the expression uses
   */
  record Selector(String metric, List<Matcher> matchers, Set<String> labels) {
    boolean matches(Metrics.Sample sample) {
      return sample.name().equals(metric)
          && sample.labels().keySet().containsAll(labels)
          && matchers.stream().allMatch(m -> m.matches(sample.labels().get(m.label)));
    }
  }

  private enum Kind {
    SCALAR,
    VECTOR,
    RANGE
  }

  /**
   * @param labels null for those that a metric happens to have
   */
  private record Value(Kind kind, @Nullable Set<String> labels) {}

  private Value expression(int level) {
    if (level == OPERATORS.size()) {
      return operand();
    }
    Value left = expression(level + 1);
    while (!tokens.takeOneOf(OPERATORS.get(level)).isEmpty()) {
      left = together(left, expression(level + 1), level < SETS);
    }
    return left;
  }

  private Value together(Value left, Value right, boolean sets) {
    if (left.kind == Kind.RANGE || right.kind == Kind.RANGE) {
      throw tokens.problem("A range is no operand");
    }
    if (left.kind == Kind.VECTOR && right.kind == Kind.VECTOR) {
      if (left.labels == null || !left.labels.equals(right.labels)) {
        throw tokens.problem("%s never match %s".formatted(left.labels, right.labels));
      }
      return left;
    }
    if (sets) {
      throw tokens.problem("A number is in no set");
    }
    return left.kind == Kind.VECTOR ? left : right;
  }

  private Value operand() {
    if (tokens.isNextKind("number")) {
      tokens.take("number");
      return new Value(Kind.SCALAR, Set.of());
    }
    if (tokens.skip("(")) {
      Value inner = expression(0);
      tokens.expect(")");
      return inner;
    }
    String name = tokens.take("word");
    if (AGGREGATIONS.contains(name)) {
      return aggregation();
    }
    return tokens.skip("(") ? function(name) : selector(name);
  }

  private Value aggregation() {
    Set<String> by = new TreeSet<>();
    if (tokens.skip("by")) {
      tokens.expect("(");
      do {
        by.add(tokens.take("word"));
      } while (tokens.skip(","));
      tokens.expect(")");
    }
    tokens.expect("(");
    int first = selectors.size();
    argument(Kind.VECTOR);
    tokens.expect(")");
    selectors.subList(first, selectors.size()).forEach(selector -> selector.labels.addAll(by));
    return new Value(Kind.VECTOR, by);
  }

  private Value function(String name) {
    Value value =
        switch (name) {
          case "time" -> new Value(Kind.SCALAR, Set.of());
          case "rate", "increase" -> new Value(Kind.VECTOR, argument(Kind.RANGE).labels);
          case "absent" -> {
            argument(Kind.VECTOR);
            yield new Value(Kind.VECTOR, Set.of());
          }
          case "histogram_quantile" -> quantile();
          default -> throw tokens.problem("No function of ours: " + name);
        };
    tokens.expect(")");
    return value;
  }

  private Value quantile() {
    argument(Kind.SCALAR);
    tokens.expect(",");
    Value buckets = argument(Kind.VECTOR);
    if (buckets.labels == null || !buckets.labels.contains("le")) {
      throw tokens.problem("Buckets need their label 'le'");
    }
    Set<String> labels = new TreeSet<>(buckets.labels);
    labels.remove("le");
    return new Value(Kind.VECTOR, labels);
  }

  private Value argument(Kind kind) {
    Value value = expression(0);
    if (value.kind != kind) {
      throw tokens.problem("A %s is wanted and not a %s".formatted(kind, value.kind));
    }
    return value;
  }

  private Value selector(String metric) {
    List<Matcher> matchers = new ArrayList<>();
    if (tokens.skip("{")) {
      do {
        String label = tokens.take("word");
        String operator = tokens.takeOneOf(List.of("=", "=~"));
        String quoted = tokens.take("string");
        matchers.add(new Matcher(label, operator, quoted.substring(1, quoted.length() - 1)));
      } while (tokens.skip(","));
      tokens.expect("}");
    }
    Kind kind = Kind.VECTOR;
    if (tokens.skip("[")) {
      tokens.take("duration");
      tokens.expect("]");
      kind = Kind.RANGE;
    }
    if (tokens.skip("offset")) {
      tokens.take("duration");
    }
    Set<String> labels = new TreeSet<>();
    matchers.forEach(matcher -> labels.add(matcher.label));
    selectors.add(new Selector(metric, matchers, labels));
    return new Value(kind, null);
  }
}
