package dev.serai.cloud.warehouse;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a query has found.
 *
 * @param columns names and types, in order
 * @param rows values by column; times and dates as text, decimals as they are
 * @param next what the page behind this one is asked for with; null if this is the last
 */
public record Page(
    List<Field> columns, List<Map<String, @Nullable Object>> rows, @Nullable String next) {

  /** A column of an answer; its type is DuckDB's. */
  public record Field(String name, String type) {}
}
