package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows that were looked at: those that the table takes, and what is wrong with the others. */
final class Rows {

  private final TableSchema schema;
  private final String rowId;
  private final Map<String, Good> good = new LinkedHashMap<>();
  private final List<RowError> errors = new ArrayList<>();
  private int repeated;

  private Rows(TableSchema schema, String rowId) {
    this.schema = schema;
    this.rowId = rowId;
  }

  /**
   * @param rowId the column that rows are known by
   * @throws IllegalArgumentException if that is none that can be
   */
  static Rows of(TableSchema schema, String rowId, List<JsonNode> given) {
    Column known = schema.columns().get(rowId);
    if (known == null || !known.required() || known.type() != ColumnType.STRING) {
      throw new IllegalArgumentException(
          "warehouse-insert: rowId is '%s'; it must be a REQUIRED column of the type STRING of '%s'"
              .formatted(rowId, schema.name()));
    }
    Rows rows = new Rows(schema, rowId);
    for (int i = 0; i < given.size(); i++) {
      rows.add(i, given.get(i));
    }
    return rows;
  }

  private void add(int index, JsonNode row) {
    if (!row.isObject()) {
      errors.add(
          new RowError(
              index, null, RowError.NO_OBJECT, null, RowError.shown(row), "the row is no object"));
      return;
    }
    String id = row.path(rowId).isTextual() ? row.path(rowId).textValue() : null;
    ObjectNode texts = JsonNodeFactory.instance.objectNode();
    RowError error = unknown(index, id, row);
    for (Column column : schema.columns().values()) {
      if (error == null) {
        error = take(index, id, column, row.path(column.name()), texts);
      }
    }
    if (error != null) {
      errors.add(error);
    } else if (good.putIfAbsent(String.valueOf(id), new Good(index, String.valueOf(id), texts))
        != null) {
      repeated++;
    }
  }

  private @Nullable RowError unknown(int index, @Nullable String id, JsonNode row) {
    for (Map.Entry<String, JsonNode> field : row.properties()) {
      if (!schema.columns().containsKey(field.getKey())) {
        return error(
            index, id, RowError.UNKNOWN_FIELD, field.getKey(), field.getValue(), "is no column");
      }
    }
    return null;
  }

  private @Nullable RowError take(
      int index, @Nullable String id, Column column, JsonNode value, ObjectNode texts) {
    if (value.isMissingNode() || value.isNull()) {
      return column.required()
          ? error(index, id, RowError.MISSING, column.name(), null, "is missing")
          : null;
    }
    try {
      String text = column.text(value);
      if (column.type() == ColumnType.JSON) {
        texts.set(column.name(), value);
      } else {
        texts.put(column.name(), text);
      }
      return null;
    } catch (BadValueException e) {
      return error(index, id, e.reason(), column.name(), value, String.valueOf(e.getMessage()));
    }
  }

  private RowError error(
      int index,
      @Nullable String id,
      String reason,
      String field,
      @Nullable JsonNode value,
      String wrong) {
    String shown = value == null ? null : RowError.shown(value);
    String with = shown == null ? "" : ": " + shown;
    String message = "%s of %s %s%s".formatted(field, schema.name(), wrong, with);
    return new RowError(index, id, reason, field, shown, message);
  }

  List<Good> good() {
    return List.copyOf(good.values());
  }

  List<RowError> errors() {
    return errors;
  }

  /** How many had the id of another before them. */
  int repeated() {
    return repeated;
  }

  /**
   * A row that the table should take.
   *
   * @param texts its values as DuckDB reads them, by column
   */
  record Good(int index, String id, ObjectNode texts) {}
}
