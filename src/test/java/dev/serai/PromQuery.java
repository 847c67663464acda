package dev.serai;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What we use of Prometheus' language: who uses more of it adds that here. It checks what
 * Prometheus would, and that both sides of an operator have the same labels, or they would match
 * nothing.
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
  private final List<PromSelector> selectors = new ArrayList<>();
  private final Value result;

  PromQuery(String expression) {
    tokens = new PromTokens(expression);
    result = expression(0);
    if (!tokens.isEnd()) {
      throw tokens.problem("It should end");
    }
  }

  /** The metrics that it reads. */
  List<PromSelector> selectors() {
    return selectors;
  }

  /** The labels of what it results in. */
  Set<String> labels() {
    if (result.labels == null) {
      throw tokens.problem("Nobody knows the labels of the result");
    }
    return result.labels;
  }

  /** What it results in at a time. */
  Map<Map<String, String>, Double> at(PromHistory history, double time) {
    return result.node.at(history, time);
  }

  private enum Kind {
    SCALAR,
    VECTOR,
    RANGE
  }

  /**
   * @param labels null for those that a metric happens to have
   * @param range how a range grows, a second or in all; null for what is none
   */
  private record Value(
      Kind kind,
      @Nullable Set<String> labels,
      PromNode node,
      @Nullable Function<Boolean, PromNode> range) {
    Value(Kind kind, @Nullable Set<String> labels, PromNode node) {
      this(kind, labels, node, null);
    }
  }

  private Value expression(int level) {
    if (level == OPERATORS.size()) {
      return operand();
    }
    Value left = expression(level + 1);
    String operator = tokens.takeOneOf(OPERATORS.get(level));
    while (!operator.isEmpty()) {
      left = together(operator, left, expression(level + 1), level < SETS);
      operator = tokens.takeOneOf(OPERATORS.get(level));
    }
    return left;
  }

  private Value together(String operator, Value left, Value right, boolean sets) {
    PromNode node =
        PromNode.both(
            operator, left.node, left.kind == Kind.SCALAR, right.node, right.kind == Kind.SCALAR);
    if (left.kind == Kind.RANGE || right.kind == Kind.RANGE) {
      throw tokens.problem("A range is no operand");
    }
    if (left.kind == Kind.VECTOR && right.kind == Kind.VECTOR) {
      if (left.labels == null || !left.labels.equals(right.labels)) {
        throw tokens.problem("%s never match %s".formatted(left.labels, right.labels));
      }
      return new Value(Kind.VECTOR, left.labels, node);
    }
    if (sets) {
      throw tokens.problem("A number is in no set");
    }
    Value vector = left.kind == Kind.VECTOR ? left : right;
    return new Value(vector.kind, vector.labels, node);
  }

  private Value operand() {
    if (tokens.isNextKind("number")) {
      double number = Double.parseDouble(tokens.take("number"));
      return new Value(Kind.SCALAR, Set.of(), PromNode.number(number));
    }
    if (tokens.skip("(")) {
      Value inner = expression(0);
      tokens.expect(")");
      return inner;
    }
    String name = tokens.take("word");
    if (AGGREGATIONS.contains(name)) {
      return aggregation(name);
    }
    return tokens.skip("(") ? function(name) : selector(name);
  }

  private Value aggregation(String how) {
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
    Value inner = argument(Kind.VECTOR);
    tokens.expect(")");
    selectors.subList(first, selectors.size()).forEach(selector -> selector.labels().addAll(by));
    return new Value(Kind.VECTOR, by, PromNode.aggregate(how, by, inner.node));
  }

  private Value function(String name) {
    Value value =
        switch (name) {
          case "time" -> new Value(Kind.SCALAR, Set.of(), PromNode.time());
          case "rate", "increase" -> {
            Value range = argument(Kind.RANGE);
            yield new Value(
                Kind.VECTOR,
                range.labels,
                Objects.requireNonNull(range.range).apply(name.equals("rate")));
          }
          case "absent" ->
              new Value(Kind.VECTOR, Set.of(), PromNode.absent(argument(Kind.VECTOR).node));
          case "histogram_quantile" -> quantile();
          default -> throw tokens.problem("No function of ours: " + name);
        };
    tokens.expect(")");
    return value;
  }

  private Value quantile() {
    Value share = argument(Kind.SCALAR);
    tokens.expect(",");
    Value buckets = argument(Kind.VECTOR);
    if (buckets.labels == null || !buckets.labels.contains("le")) {
      throw tokens.problem("Buckets need their label 'le'");
    }
    Set<String> labels = new TreeSet<>(buckets.labels);
    labels.remove("le");
    return new Value(Kind.VECTOR, labels, PromNode.quantile(share.node, buckets.node));
  }

  private Value argument(Kind kind) {
    Value value = expression(0);
    if (value.kind != kind) {
      throw tokens.problem("A %s is wanted and not a %s".formatted(kind, value.kind));
    }
    return value;
  }

  private Value selector(String metric) {
    List<PromSelector.Matcher> matchers = new ArrayList<>();
    if (tokens.skip("{")) {
      do {
        String label = tokens.take("word");
        String operator = tokens.takeOneOf(List.of("=", "=~"));
        String quoted = tokens.take("string");
        matchers.add(
            new PromSelector.Matcher(label, operator, quoted.substring(1, quoted.length() - 1)));
      } while (tokens.skip(","));
      tokens.expect("}");
    }
    double span = 0;
    if (tokens.skip("[")) {
      span = PromTokens.seconds(tokens.take("duration"));
      tokens.expect("]");
    }
    double offset = tokens.skip("offset") ? PromTokens.seconds(tokens.take("duration")) : 0;
    Set<String> labels = new TreeSet<>();
    matchers.forEach(matcher -> labels.add(matcher.label()));
    PromSelector wanted = new PromSelector(metric, matchers, labels);
    selectors.add(wanted);
    double past = span;
    return new Value(
        span == 0 ? Kind.VECTOR : Kind.RANGE,
        null,
        PromNode.instant(wanted, offset),
        perSecond -> PromNode.increase(wanted, past, offset, perSecond));
  }
}
