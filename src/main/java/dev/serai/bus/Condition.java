package dev.serai.bus;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One condition of a filter.
 *
 * @param text as the author wrote it
 * @param name an attribute of events, or a JSON pointer into their bodies
 * @param operator how it is compared
 * @param values any of which it may be compared with; none for {@code PRESENT} and {@code ABSENT}
 */
record Condition(String text, String name, Operator operator, List<Value> values) {

  private static final Pattern COMPARISON =
      Pattern.compile("([^\\s=!<>]+)\\s*(!=|<=|>=|=|<|>)\\s*(.+)");

  /** How a value is compared. */
  enum Operator {
    PRESENT,
    ABSENT,
    EQUAL,
    UNEQUAL,
    LESS,
    LESS_OR_EQUAL,
    MORE,
    MORE_OR_EQUAL;

    static Operator of(String sign) {
      return switch (sign) {
        case "=" -> EQUAL;
        case "!=" -> UNEQUAL;
        case "<" -> LESS;
        case "<=" -> LESS_OR_EQUAL;
        case ">" -> MORE;
        default -> MORE_OR_EQUAL;
      };
    }

    boolean isOfNumbers() {
      return ordinal() >= LESS.ordinal();
    }
  }

  static Condition parse(String text) {
    Matcher comparison = COMPARISON.matcher(text);
    if (!comparison.matches()) {
      boolean absent = text.startsWith("!");
      String name = absent ? text.substring(1).strip() : text;
      return new Condition(
          text, known(name, text), absent ? Operator.ABSENT : Operator.PRESENT, List.of());
    }
    Operator operator = Operator.of(comparison.group(2));
    List<Value> values = Filter.parts(comparison.group(3), "|").stream().map(Value::parse).toList();
    if (operator.isOfNumbers() && values.stream().anyMatch(value -> value.number().isEmpty())) {
      throw new IllegalArgumentException("'%s' compares with what is no number".formatted(text));
    }
    return new Condition(text, known(comparison.group(1), text), operator, values);
  }

  private static String known(String name, String text) {
    if (name.startsWith("/") && name.matches("\\S+") || EventValues.ATTRIBUTES.contains(name)) {
      return name;
    }
    throw new IllegalArgumentException(
        "'%s' begins with neither a JSON pointer nor one of %s"
            .formatted(text, String.join(", ", EventValues.ATTRIBUTES)));
  }

  boolean test(EventValues event) {
    return switch (operator) {
      case PRESENT -> event.has(name);
      case ABSENT -> !event.has(name);
      case UNEQUAL -> values.stream().noneMatch(value -> value.isEqualTo(event.of(name)));
      case EQUAL -> values.stream().anyMatch(value -> value.isEqualTo(event.of(name)));
      default ->
          number(event.of(name))
              .map(found -> values.stream().anyMatch(value -> holds(found, value)))
              .orElse(false);
    };
  }

  private boolean holds(BigDecimal found, Value value) {
    int order = found.compareTo(value.number().orElseThrow());
    return switch (operator) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case MORE -> order > 0;
      default -> order >= 0;
    };
  }

  private static Optional<BigDecimal> number(@Nullable String text) {
    // Longer ones, and such as 9e999999999, would take for ever to compare.
    if (text == null || !text.matches("[+-]?[0-9.]{1,100}(?:[eE][+-]?[0-9]{1,3})?")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * What a value is compared with.
   *
   * @param text without its quotes or star
   * @param prefix whether the value need only begin with it
   */
  record Value(String text, boolean prefix, Optional<BigDecimal> number) {

    static Value parse(String written) {
      if (written.length() > 1 && written.startsWith("'") && written.endsWith("'")) {
        return new Value(written.substring(1, written.length() - 1), false, Optional.empty());
      }
      if (written.isEmpty()) {
        throw new IllegalArgumentException("a value is missing; an empty one is ''");
      }
      if (written.chars().anyMatch(Character::isWhitespace)) {
        throw new IllegalArgumentException(
            "'%s' has a space; what has one stands in single quotes".formatted(written));
      }
      boolean prefix = written.endsWith("*");
      String text = prefix ? written.substring(0, written.length() - 1) : written;
      return new Value(text, prefix, Condition.number(text));
    }

    boolean isEqualTo(@Nullable String found) {
      if (found == null) {
        return false;
      }
      return prefix
          ? found.startsWith(text)
          : found.equals(text)
              || number
                  .flatMap(own -> Condition.number(found).map(other -> own.compareTo(other) == 0))
                  .orElse(false);
    }
  }
}
