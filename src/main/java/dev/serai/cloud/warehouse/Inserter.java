package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts rows into a table, each once: all good ones in one transaction, whatever the others are
 * like.
 */
final class Inserter {

  /** What DuckDB says of a value, and not of itself. */
  private static final Pattern OF_DATA =
      Pattern.compile("(?s)(Constraint|Conversion|Out of Range|Invalid Input) Error.*");

  private final Connection connection;
  private final TableSchema schema;
  private final String sql;

  /**
   * @param rowId the column that rows are known by
   */
  Inserter(Connection connection, Tables tables, TableSchema schema, String rowId)
      throws SQLException {
    this.connection = connection;
    this.schema = schema;
    Tables.execute(
        connection,
        "create unique index if not exists \"%s_%s\" on %s (\"%s\")"
            .formatted(schema.name(), rowId, tables.qualified(schema), rowId));
    this.sql = statement(tables.qualified(schema), rowId);
  }

  /** All rows are one parameter, so that DuckDB reads them as fast as a file. */
  private String statement(String table, String rowId) {
    String names =
        schema.columns().keySet().stream()
            .map("\"%s\""::formatted)
            .collect(Collectors.joining(", "));
    String types =
        schema.columns().values().stream()
            .map(column -> "\"%s\":\"%s\"".formatted(column.name(), column.type().sql()))
            .collect(Collectors.joining(","));
    return """
    insert into %s (%s) select unnest(from_json(?, '[{%s}]'), recursive := true)
    on conflict ("%s") do nothing
    """
        .formatted(table, names, types, rowId);
  }

  Insertion insert(Rows rows) throws SQLException {
    List<RowError> errors = new ArrayList<>(rows.errors());
    List<Rows.Good> good = rows.good();
    connection.setAutoCommit(false);
    int inserted;
    try {
      inserted = execute(good);
    } catch (SQLException e) {
      connection.rollback();
      requireOfData(e);
      good = takable(good, errors);
      inserted = execute(good);
    }
    connection.commit();
    errors.sort(Comparator.comparingInt(RowError::index));
    return new Insertion(schema.name(), inserted, good.size() - inserted + rows.repeated(), errors);
  }

  /** Finds by halves those that the database refuses, though they looked right. */
  private List<Rows.Good> takable(List<Rows.Good> rows, List<RowError> errors) throws SQLException {
    try {
      execute(rows);
      connection.rollback();
      return rows;
    } catch (SQLException e) {
      connection.rollback();
      requireOfData(e);
      if (rows.size() == 1) {
        Rows.Good row = rows.getFirst();
        String said = WarehouseException.firstLine(e);
        errors.add(
            new RowError(
                row.index(), row.id(), RowError.REFUSED, null, null, schema.name() + ": " + said));
        return List.of();
      }
      List<Rows.Good> taken = new ArrayList<>();
      taken.addAll(takable(rows.subList(0, rows.size() / 2), errors));
      taken.addAll(takable(rows.subList(rows.size() / 2, rows.size()), errors));
      return taken;
    }
  }

  private static void requireOfData(SQLException e) throws SQLException {
    if (!OF_DATA.matcher(String.valueOf(e.getMessage())).matches()) {
      throw e;
    }
  }

  private int execute(List<Rows.Good> rows) throws SQLException {
    if (rows.isEmpty()) {
      return 0;
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Rows.Good row : rows) {
      JsonNode texts = row.texts();
      array.add(texts);
    }
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, array.toString());
      return insert.executeUpdate();
    }
  }
}
