package dev.serai.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.core.Utils;

/**
 * A table as the database's catalogue has it.
 *
 * @param schema its schema
 * @param table its name in there
 * @param bytes about how large it is
 * @param columns those that have values of their own
 */
record TableInfo(String schema, String table, long bytes, List<String> columns) {

  /** A table comes after those that its rows refer to. */
  private static final String ALL =
      """
      with recursive wanted as (
        select c.oid, n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in (%s) and c.relkind = 'r' and c.relpersistence <> 't'
          and c.relname <> 'flyway_schema_history'
      ), depths as (
        select oid, 0 as depth from wanted
        union
        select k.conrelid, d.depth + 1 from depths d
        join pg_constraint k on k.contype = 'f' and k.confrelid = d.oid and k.conrelid <> k.confrelid
        where d.depth < 100
      )
      select w.nspname, w.relname, coalesce(pg_table_size(w.oid), 0), array(
          select a.attname::text from pg_attribute a
          where a.attrelid = w.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
          order by a.attnum)
      from wanted w join depths d on d.oid = w.oid
      group by w.oid, w.nspname, w.relname order by max(d.depth), w.nspname, w.relname
      """;

  static List<TableInfo> all(Connection connection) throws SQLException {
    return Sql.rows(
        connection,
        ALL.formatted(Schemas.list()),
        row ->
            new TableInfo(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                List.of((String[]) row.getArray(4).getArray())));
  }

  /** With its schema, as people read it. */
  String name() {
    return schema + "." + table;
  }

  static String copyOut(String name, List<String> columns) throws SQLException {
    return "copy %s (%s) to stdout".formatted(quoted(name), columns(columns));
  }

  static String copyIn(String name, List<String> columns) throws SQLException {
    return "copy %s (%s) from stdin".formatted(quoted(name), columns(columns));
  }

  /** A name with its schema, as SQL takes it, whatever is in it. */
  static String quoted(String name) throws SQLException {
    int dot = name.indexOf('.');
    if (dot < 0) {
      throw new UnusableBackupException("'%s' is no name of a table".formatted(name));
    }
    return identifier(name.substring(0, dot)) + "." + identifier(name.substring(dot + 1));
  }

  private static String columns(List<String> columns) {
    return columns.stream().map(TableInfo::identifier).collect(Collectors.joining(", "));
  }

  private static String identifier(String name) {
    try {
      return Utils.escapeIdentifier(null, name).toString();
    } catch (SQLException e) {
      throw new UnusableBackupException("'%s' is no name".formatted(name), e);
    }
  }
}
