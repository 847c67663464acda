package dev.serai.cloud.warehouse;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** A database in memory. */
final class FakeDuck {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final String url = "jdbc:duckdb::memory:bigquery" + NUMBER.incrementAndGet();
  private final String dataset;

  /** Keeps it there. */
  private final Connection anchor;

  FakeDuck(String dataset) {
    this.dataset = dataset;
    try {
      anchor = driver().connect(url, new Properties());
      Tables.execute(anchor, "create schema \"%s\"".formatted(dataset));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Driver driver() {
    try {
      return (Driver)
          Class.forName("org.duckdb.DuckDBDriver").getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  Connection connect() throws SQLException {
    assert !anchor.isClosed();
    Connection connection = driver().connect(url, new Properties());
    Tables.execute(connection, "use \"%s\"".formatted(dataset));
    return connection;
  }

  void execute(String sql) {
    try (Connection connection = connect()) {
      Tables.execute(connection, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** With one text for each question mark. */
  void execute(String sql, String... values) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      statement.execute();
    }
  }

  long count(String sql) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
