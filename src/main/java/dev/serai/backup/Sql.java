package dev.serai.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Statements on a connection that one transaction has for itself. */
final class Sql {

  /**
   * How values look as text, the same on every server, and no limits of time: the account's may be
   * minutes, as on Supabase. For the transaction only, so that a pooler may stand between.
   */
  private static final String SETTINGS =
      """
      select set_config(wanted.name, wanted.value, true)
      from (values ('TimeZone', 'UTC'), ('DateStyle', 'ISO, MDY'), ('IntervalStyle', 'postgres'),
        ('extra_float_digits', '3'), ('bytea_output', 'hex'), ('statement_timeout', '0'),
        ('idle_in_transaction_session_timeout', '0'), ('transaction_timeout', '0'),
        ('lock_timeout', '10s')) as wanted (name, value)
      join pg_settings known on known.name = wanted.name
      """;

  private Sql() {}

  static void prepare(Connection connection) throws SQLException {
    rows(connection, SETTINGS, row -> row.getString(1));
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static <T> List<T> rows(Connection connection, String sql, Row<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      List<T> rows = new ArrayList<>();
      while (found.next()) {
        rows.add(reader.read(found));
      }
      return rows;
    }
  }

  static String one(Connection connection, String sql) throws SQLException {
    return rows(connection, sql, row -> row.getString(1)).getFirst();
  }

  static CopyManager copies(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }

  /** A row of an answer. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
