package dev.serai.job;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a job's runs.
 *
 * @param type text, integer, number, boolean, date, month or timestamp
 * @param fallback the value of runs that are given none; null when there is none
 */
record Parameter(String name, String type, boolean required, @Nullable Object fallback) {

  private static final Pattern SYNTAX = Pattern.compile("([a-z][a-z0-9_]*):([a-z]+)(\\?|=(.*))?");

  /**
   * @throws IllegalArgumentException naming what can't be
   */
  static Parameter of(String text) {
    Matcher parts = SYNTAX.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "job: option 'parameters' has '%s'; each must be name:type, name:type? or name:type=default"
              .formatted(text));
    }
    String name = parts.group(1);
    String type = parts.group(2);
    String fallback = parts.group(4);
    return new Parameter(
        name,
        type,
        parts.group(3) == null,
        fallback == null ? check(name, type) : value(name, type, fallback));
  }

  private static @Nullable Object check(String name, String type) {
    try {
      value(name, type, "2026-01-01");
    } catch (InvalidParameterException e) {
      if (e.isUnknownType()) {
        throw e;
      }
    }
    return null;
  }

  /**
   * The value that a run is given, of the type.
   *
   * @throws InvalidParameterException naming the parameter, the value and what would be right
   */
  Object value(Object given) {
    return value(name, type, given instanceof BigDecimal n ? n.toPlainString() : given.toString());
  }

  private static Object value(String name, String type, String text) {
    try {
      return switch (type) {
        case "text" -> text;
        case "integer" -> Long.valueOf(text);
        case "number" -> new BigDecimal(text);
        case "boolean" -> bool(text);
        case "date" -> LocalDate.parse(text).toString();
        case "month" -> YearMonth.parse(text).toString();
        case "timestamp" -> Instant.parse(text).toString();
        default -> throw InvalidParameterException.unknownType(name, type);
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw InvalidParameterException.wrongType(name, type, text);
    }
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new NumberFormatException(text);
    };
  }
}
