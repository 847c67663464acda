package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.api.client.util.Data;
import com.google.api.services.bigquery.model.QueryParameter;
import com.google.api.services.bigquery.model.QueryParameterType;
import com.google.api.services.bigquery.model.QueryParameterValue;
import com.google.api.services.bigquery.model.TableFieldSchema;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as they are given to BigQuery, by type, and as it gives them back, as text. */
final class BigQueryValues {

  private static final int DECIMALS = 9;
  private static final int DIGITS = 38;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT);

  private BigQueryValues() {}

  static QueryParameter parameter(@Nullable Object value) {
    String type = type(value);
    return new QueryParameter()
        .setParameterType(new QueryParameterType().setType(type))
        .setParameterValue(
            new QueryParameterValue()
                .setValue(value == null ? Data.<String>nullOf(String.class) : text(value)));
  }

  static QueryParameter named(String name, @Nullable Object value) {
    return parameter(value).setName(name);
  }

  static QueryParameter named(String name, Collection<String> values) {
    return new QueryParameter()
        .setName(name)
        .setParameterType(
            new QueryParameterType()
                .setType("ARRAY")
                .setArrayType(new QueryParameterType().setType("STRING")))
        .setParameterValue(
            new QueryParameterValue()
                .setArrayValues(
                    values.stream().map(one -> new QueryParameterValue().setValue(one)).toList()));
  }

  private static String type(@Nullable Object value) {
    return switch (value) {
      case Boolean bool -> "BOOL";
      case Byte number -> "INT64";
      case Short number -> "INT64";
      case Integer number -> "INT64";
      case Long number -> "INT64";
      case BigDecimal number -> fits(number) ? "NUMERIC" : "BIGNUMERIC";
      case Number number -> "FLOAT64";
      case LocalDateTime time -> "TIMESTAMP";
      case LocalDate date -> "DATE";
      case null, default -> "STRING";
    };
  }

  private static boolean fits(BigDecimal number) {
    return number.scale() <= DECIMALS && number.precision() - number.scale() <= DIGITS - DECIMALS;
  }

  private static String text(Object value) {
    return switch (value) {
      case BigDecimal number -> number.toPlainString();
      case LocalDateTime time -> TIME.format(time);
      default -> value.toString();
    };
  }

  /** A row as the Kamelets have it. */
  static Map<String, @Nullable Object> row(List<TableFieldSchema> columns, List<?> cells) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      row.put(columns.get(i).getName(), value(columns.get(i), cell(cells.get(i))));
    }
    return row;
  }

  private static @Nullable Object cell(Object holder) {
    Object value = ((Map<?, ?>) holder).get("v");
    return Data.isNull(value) ? null : value;
  }

  private static @Nullable Object value(TableFieldSchema column, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if ("REPEATED".equals(column.getMode()) && value instanceof List<?> many) {
      TableFieldSchema one = column.clone().setMode("NULLABLE");
      List<@Nullable Object> values = new ArrayList<>();
      many.forEach(each -> values.add(value(one, cell(each))));
      return values;
    }
    if (value instanceof Map<?, ?> record && record.get("f") instanceof List<?> cells) {
      return row(column.getFields(), cells);
    }
    return ofText(column.getType(), value.toString());
  }

  private static Object ofText(String type, String text) {
    return switch (type) {
      case "INTEGER", "INT64" -> Long.valueOf(text);
      case "FLOAT", "FLOAT64" -> Double.valueOf(text);
      case "NUMERIC" -> new BigDecimal(text).setScale(DECIMALS, RoundingMode.HALF_UP);
      case "BIGNUMERIC" -> new BigDecimal(text);
      case "BOOLEAN", "BOOL" -> Boolean.valueOf(text);
      case "TIMESTAMP" -> Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS).toString();
      case "JSON" -> json(text);
      default -> text;
    };
  }

  private static Object json(String text) {
    try {
      return WarehouseInsert.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
