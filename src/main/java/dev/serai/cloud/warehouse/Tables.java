package dev.serai.cloud.warehouse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the tables what their files say, without ever taking something away. */
final class Tables {

  private static final Logger log = LoggerFactory.getLogger(Tables.class);
  private static final String ENDING = ".json";

  private final Path folder;
  private final String dataset;
  private final Map<String, TableSchema> ready = new ConcurrentHashMap<>();

  /**
   * @param folder where the schemas are
   * @param dataset what the tables are in
   */
  Tables(Path folder, String dataset) {
    this.folder = folder;
    this.dataset = dataset;
  }

  String dataset() {
    return dataset;
  }

  /** Makes all tables, so that a query finds them; one that can't be made says so when used. */
  void opened(Connection connection) throws SQLException {
    ready.clear();
    execute(connection, "create schema if not exists \"%s\"".formatted(dataset));
    for (String table : TableSchema.names(folder)) {
      try {
        ready(connection, table);
      } catch (WarehouseException e) {
        log.warn("{}", e.getMessage());
      }
    }
  }

  /**
   * The table, made or widened as its file says. It is looked at once each time the warehouse is
   * opened.
   *
   * @throws WarehouseException if the file can't be read, or what is there can't become it
   */
  synchronized TableSchema ready(Connection connection, String table)
      throws SQLException, WarehouseException {
    TableSchema known = ready.get(table);
    if (known != null) {
      return known;
    }
    TableSchema schema = TableSchema.read(folder, table);
    Map<String, Actual> actual = actual(connection, table);
    if (actual.isEmpty()) {
      create(connection, schema);
    } else {
      widen(connection, schema, actual);
    }
    ready.put(table, schema);
    return schema;
  }

  String qualified(TableSchema schema) {
    return "\"%s\".\"%s\"".formatted(dataset, schema.name());
  }

  private void create(Connection connection, TableSchema schema) throws SQLException {
    String columns =
        schema.columns().values().stream()
            .map(Column::definition)
            .collect(Collectors.joining(", "));
    execute(connection, "create table %s (%s)".formatted(qualified(schema), columns));
    schema.columns().values().forEach(column -> comment(connection, schema, column));
  }

  /** For whoever looks at the file with another program. */
  private void comment(Connection connection, TableSchema schema, Column column) {
    try {
      execute(
          connection,
          "comment on column %s.\"%s\" is '%s'"
              .formatted(qualified(schema), column.name(), column.about().replace("'", "''")));
    } catch (SQLException e) {
      log.debug("No comment on {} of {}", column.name(), schema.name(), e);
    }
  }

  private void widen(Connection connection, TableSchema schema, Map<String, Actual> actual)
      throws SQLException, WarehouseException {
    List<Column> missing = new ArrayList<>();
    for (Column column : schema.columns().values()) {
      Actual there = actual.remove(column.name());
      if (there == null && column.required()) {
        throw differs(
            schema,
            column.name(),
            "not there",
            Actual.of(column) + ", and a new one must be NULLABLE");
      } else if (there == null) {
        missing.add(column);
      } else if (!there.equals(Actual.of(column))) {
        throw differs(schema, column.name(), there.toString(), Actual.of(column).toString());
      }
    }
    for (Map.Entry<String, Actual> other : actual.entrySet()) {
      throw differs(schema, other.getKey(), other.getValue().toString(), "missing");
    }
    for (Column column : missing) {
      execute(
          connection,
          "alter table %s add column %s".formatted(qualified(schema), column.definition()));
      comment(connection, schema, column);
    }
  }

  private WarehouseException differs(
      TableSchema schema, String column, String there, String asked) {
    return new WarehouseException(
        "The column '%s' of the table '%s' is %s in the warehouse and %s in %s; only new NULLABLE columns can be added. Name another table, or make a new one and copy the rows"
            .formatted(
                column, schema.name(), there, asked, folder.resolve(schema.name() + ENDING)));
  }

  private Map<String, Actual> actual(Connection connection, String table) throws SQLException {
    Map<String, Actual> columns = new LinkedHashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select column_name, data_type, is_nullable from duckdb_columns()
            where schema_name = ? and table_name = ? order by column_index
            """)) {
      select.setString(1, dataset);
      select.setString(2, table);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          columns.put(rows.getString(1), new Actual(rows.getString(2), !rows.getBoolean(3)));
        }
      }
    }
    return columns;
  }

  /** By a prepared statement: the driver keeps what is wrong with another to itself. */
  static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  private record Actual(String type, boolean required) {
    static Actual of(Column column) {
      return new Actual(column.type().sql(), column.required());
    }

    @Override
    public String toString() {
      return type + (required ? " REQUIRED" : " NULLABLE");
    }
  }
}
