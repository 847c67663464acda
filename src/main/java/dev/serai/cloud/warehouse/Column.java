package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param required whether each row must have a value
 * @param maxLength how many characters a STRING may have; null for any number
 */
record Column(
    String name, ColumnType type, boolean required, @Nullable Integer maxLength, String about) {

  /** As it stands in a statement that makes the table. */
  String definition() {
    return "\"%s\" %s%s".formatted(name, type.sql(), required ? " not null" : "");
  }

  /**
   * A value as DuckDB reads it from text.
   *
   * @throws BadValueException if the column doesn't take it
   */
  String text(JsonNode value) throws BadValueException {
    String text = type.text(value);
    if (maxLength != null && text.codePointCount(0, text.length()) > maxLength) {
      throw new BadValueException(
          RowError.OUT_OF_RANGE, "has more than %s characters".formatted(maxLength));
    }
    return text;
  }
}
