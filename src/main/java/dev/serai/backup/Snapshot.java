package dev.serai.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/**
 * One moment of the database, kept by a transaction that does nothing else. Each table is read in a
 * transaction of its own, so that no lock lasts longer than its table: one on the rows without a
 * day would keep the next day from being made, and with it everybody who appends.
 */
final class Snapshot implements AutoCloseable {

  private static final String REPEATABLE =
      "set transaction isolation level repeatable read, read only";

  private final DataSource database;
  private final Connection keeper;
  private final String id;

  private Snapshot(DataSource database, Connection keeper, String id) {
    this.database = database;
    this.keeper = keeper;
    this.id = id;
  }

  static Snapshot take(DataSource database) throws SQLException {
    Connection keeper = database.getConnection();
    try {
      keeper.setAutoCommit(false);
      Sql.run(keeper, REPEATABLE);
      // Before the moment is fixed: no day is dropped from here on, and none half.
      Sql.run(keeper, "set local lock_timeout = '10s'");
      Sql.run(keeper, "lock table only serai.event in access share mode");
      Sql.prepare(keeper);
      return new Snapshot(database, keeper, Sql.one(keeper, "select pg_export_snapshot()"));
    } catch (SQLException | RuntimeException e) {
      keeper.close();
      throw e;
    }
  }

  /** What other transactions see the same moment by, while this is open. */
  String id() {
    return id;
  }

  /** A transaction that sees this moment. */
  Connection open() throws SQLException {
    Connection reader = database.getConnection();
    try {
      reader.setAutoCommit(false);
      join(reader);
      return reader;
    } catch (SQLException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** Ends the connection's transaction and begins another that sees this moment. */
  void join(Connection reader) throws SQLException {
    reader.rollback();
    Sql.run(reader, REPEATABLE);
    Sql.run(reader, "set transaction snapshot '" + id + "'");
    Sql.prepare(reader);
  }

  Instant time() throws SQLException {
    return Sql.rows(keeper, "select now()", row -> row.getObject(1, java.time.OffsetDateTime.class))
        .getFirst()
        .toInstant();
  }

  String postgres() throws SQLException {
    return Sql.one(keeper, "show server_version");
  }

  /** The version of the tables at that moment. */
  String migration() throws SQLException {
    return Migrations.version(keeper);
  }

  /**
   * Looks whether the tables are still of that version.
   *
   * @throws IllegalStateException when they are not: what was read after that may be wrong
   */
  void checkMigration(String before) throws SQLException {
    Sql.one(keeper, "select 1"); // it must have lasted to the end
    try (Connection other = database.getConnection()) {
      String after = Migrations.version(other);
      if (!after.equals(before)) {
        throw new IllegalStateException(
            "The database was migrated from version %s to %s meanwhile; the backup begins anew"
                .formatted(before, after));
      }
    }
  }

  List<TableInfo> tables() throws SQLException {
    return TableInfo.all(keeper);
  }

  /** They know no snapshots: their values are those of now, never less than those of then. */
  List<Manifest.Sequence> sequences() throws SQLException {
    List<String> names =
        Sql.rows(
            keeper,
            "select schemaname || '.' || sequencename from pg_sequences where schemaname in (%s) order by 1"
                .formatted(Schemas.list()),
            row -> row.getString(1));
    List<Manifest.Sequence> sequences = new java.util.ArrayList<>();
    for (String name : names) {
      sequences.addAll(
          Sql.rows(
              keeper,
              "select last_value, is_called from " + TableInfo.quoted(name),
              row -> new Manifest.Sequence(name, row.getLong(1), row.getBoolean(2))));
    }
    return sequences;
  }

  @Override
  public void close() throws SQLException {
    keeper.close();
  }
}
