package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/** The types of BigQuery that columns may have, and what DuckDB has for them. */
enum ColumnType {
  STRING("VARCHAR"),
  INTEGER("BIGINT"),
  FLOAT("DOUBLE"),
  NUMERIC("DECIMAL(38,9)"),
  BOOLEAN("BOOLEAN"),
  /** UTC, without a zone, so that no extension is needed to reckon with it. */
  TIMESTAMP("TIMESTAMP"),
  DATE("DATE"),
  JSON("JSON");

  private static final int DECIMALS = 9;
  private static final int DIGITS = 38;
  private static final int LONGEST_NUMBER = 400;
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);

  private final String sql;

  ColumnType(String sql) {
    this.sql = sql;
  }

  String sql() {
    return sql;
  }

  /** A type by BigQuery's name, also the newer ones: INT64, FLOAT64, BOOL. */
  static ColumnType of(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "INT64" -> INTEGER;
      case "FLOAT64" -> FLOAT;
      case "BOOL" -> BOOLEAN;
      case String other -> valueOf(other);
    };
  }

  /** Likewise; empty for one that columns here can't have. */
  static Optional<ColumnType> known(String name) {
    try {
      return Optional.of(of(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * A value as DuckDB reads it from text.
   *
   * @throws BadValueException if it is none of this type
   */
  String text(JsonNode value) throws BadValueException {
    return switch (this) {
      case STRING -> string(value);
      case INTEGER -> integer(value).toString();
      case FLOAT -> Double.toString(real(value));
      case NUMERIC -> numeric(value).toPlainString();
      case BOOLEAN -> {
        require(value.isBoolean(), value);
        yield value.asText();
      }
      case TIMESTAMP -> timestamp(value);
      case DATE -> date(value);
      case JSON -> value.toString();
    };
  }

  private String string(JsonNode value) throws BadValueException {
    require(value.isTextual(), value);
    String text = value.textValue();
    if (text.indexOf('\0') >= 0) {
      throw new BadValueException(RowError.OUT_OF_RANGE, "has a NUL character");
    }
    return text;
  }

  private BigInteger integer(JsonNode value) throws BadValueException {
    BigDecimal number = number(value, value.isNumber());
    try {
      BigInteger whole = number.toBigIntegerExact();
      if (whole.bitLength() > 63) {
        throw new BadValueException(RowError.OUT_OF_RANGE, "is beyond 64 bits");
      }
      return whole;
    } catch (ArithmeticException fraction) {
      throw new BadValueException(RowError.WRONG_TYPE, "is no whole number");
    }
  }

  private double real(JsonNode value) throws BadValueException {
    require(value.isNumber(), value);
    double number = value.doubleValue();
    if (!Double.isFinite(number)) {
      throw new BadValueException(RowError.OUT_OF_RANGE, "is beyond a double");
    }
    return number;
  }

  /** Costs are told as text, too, so that no program makes a double of them. */
  private BigDecimal numeric(JsonNode value) throws BadValueException {
    BigDecimal number = number(value, value.isNumber() || value.isTextual());
    BigDecimal rounded = number.setScale(DECIMALS, RoundingMode.HALF_UP);
    if (rounded.precision() > DIGITS) {
      throw new BadValueException(
          RowError.OUT_OF_RANGE, "has more than 29 digits before its point");
    }
    return rounded;
  }

  /** A number of a size that can be reckoned with: 1e999999999 fits into a few characters. */
  private BigDecimal number(JsonNode value, boolean right) throws BadValueException {
    require(right, value);
    try {
      String text = value.asText();
      BigDecimal number = new BigDecimal(text.length() > LONGEST_NUMBER ? "1e999" : text);
      if (Math.abs((long) number.scale()) + number.precision() > LONGEST_NUMBER) {
        throw new BadValueException(RowError.OUT_OF_RANGE, "has too many digits");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new BadValueException(RowError.WRONG_TYPE, "is no number");
    }
  }

  private String timestamp(JsonNode value) throws BadValueException {
    require(value.isTextual(), value);
    try {
      OffsetDateTime time =
          OffsetDateTime.parse(value.textValue())
              .withOffsetSameInstant(ZoneOffset.UTC)
              .truncatedTo(ChronoUnit.MICROS);
      requireYear(time.getYear());
      return MICROS.format(time);
    } catch (DateTimeException e) {
      throw new BadValueException(
          RowError.WRONG_TYPE, "is no time of RFC 3339, such as 2026-11-20T18:00:00Z");
    }
  }

  private String date(JsonNode value) throws BadValueException {
    require(value.isTextual(), value);
    try {
      LocalDate date = LocalDate.parse(value.textValue());
      requireYear(date.getYear());
      return date.toString();
    } catch (DateTimeException e) {
      throw new BadValueException(RowError.WRONG_TYPE, "is no date, such as 2026-11-20");
    }
  }

  private static void requireYear(int year) throws BadValueException {
    if (year < 1 || year > 9999) {
      throw new BadValueException(RowError.OUT_OF_RANGE, "is not in the years 1 to 9999");
    }
  }

  private void require(boolean right, JsonNode value) throws BadValueException {
    if (!right) {
      throw new BadValueException(
          RowError.WRONG_TYPE,
          "is a %s, no %s".formatted(value.getNodeType().name().toLowerCase(Locale.ROOT), this));
    }
  }
}
