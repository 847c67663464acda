package dev.serai.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A schema that is there while a database is being restored: what is in it then is nothing. */
final class RestoreMark {

  private static final String MARK = "serai_restore";

  private RestoreMark() {}

  /**
   * Marks an empty database.
   *
   * @throws OccupiedDatabaseException when something of a hub is there
   */
  static void set(Connection connection) throws SQLException {
    List<String> there =
        Sql.rows(
            connection,
            """
            select n.nspname || ' has ' || count(c.oid) || ' tables'
            from pg_namespace n left join pg_class c on c.relnamespace = n.oid and c.relkind in ('r', 'p')
            where n.nspname in (%s) group by n.nspname order by n.nspname
            """
                .formatted(Schemas.list()),
            row -> row.getString(1));
    if (!there.isEmpty() && !isLeftOver(connection)) {
      throw new OccupiedDatabaseException(connection.getCatalog(), there);
    }
    dropSchemas(connection);
    Sql.run(connection, "create schema if not exists " + MARK);
  }

  private static void dropSchemas(Connection connection) throws SQLException {
    for (String schema : Schemas.all()) {
      Sql.run(connection, "drop schema if exists %s cascade".formatted(schema));
    }
  }

  /** Takes away what was restored and not kept. */
  static void forget(Connection connection) throws SQLException {
    if (isLeftOver(connection)) {
      dropSchemas(connection);
      Sql.run(connection, "drop schema " + MARK);
    }
  }

  /** Whether an earlier restoration was ended half-way, and no hub has run there since. */
  private static boolean isLeftOver(Connection connection) throws SQLException {
    return Sql.rows(
                    connection,
                    "select 1 from pg_namespace where nspname = '%s'".formatted(MARK),
                    row -> row.getString(1))
                .size()
            == 1
        && (Sql.rows(
                    connection,
                    "select 1 from pg_class where oid = to_regclass('serai.node')",
                    row -> row.getString(1))
                .isEmpty()
            || Sql.rows(connection, "select 1 from serai.node limit 1", row -> row.getString(1))
                .isEmpty());
  }

  /** What was restored counts. */
  static void remove(Connection connection) throws SQLException {
    Sql.run(connection, "drop schema " + MARK);
  }
}
