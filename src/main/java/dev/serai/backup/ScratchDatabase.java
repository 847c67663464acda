package dev.serai.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database that backups are restored into to look whether they can be: a new one on the hub's own
 * server, or one that the configuration names.
 */
final class ScratchDatabase implements AutoCloseable {

  /** Without this comment a database of that name is somebody else's. */
  private static final String OURS = "Serai restores backups here to verify them";

  private final DataSource scratch;
  private final DataSource server;
  private final @Nullable String created;

  private ScratchDatabase(DataSource scratch, DataSource server, @Nullable String created) {
    this.scratch = scratch;
    this.server = server;
    this.created = created;
  }

  /**
   * Makes one beside the hub's, or takes the one that is named.
   *
   * @param hub the hub's database, without a pool
   * @param url JDBC URL of the one to take; empty for a new one
   * @throws SQLException when the account may not make any: name one then
   */
  static ScratchDatabase open(DataSource hub, String url) throws SQLException {
    PGSimpleDataSource known = hub.unwrap(PGSimpleDataSource.class);
    PGSimpleDataSource scratch = new PGSimpleDataSource();
    if (!url.isBlank()) {
      scratch.setUrl(url);
      return new ScratchDatabase(scratch, hub, null);
    }
    scratch.setUrl(known.getURL());
    scratch.setUser(known.getUser());
    scratch.setPassword(known.getPassword());
    try (Connection server = hub.getConnection()) {
      String name = server.getCatalog() + "_verify";
      drop(server, name);
      try {
        Sql.run(server, "create database \"%s\" template template0".formatted(name));
      } catch (SQLException e) {
        throw new SQLException(
            "The database '%s' for the verification can't be made (%s); grant CREATEDB, or name an empty database by serai.backup.scratch-url"
                .formatted(name, e.getMessage()),
            e.getSQLState(),
            e);
      }
      Sql.run(server, "comment on database \"%s\" is '%s'".formatted(name, OURS));
      scratch.setDatabaseName(name);
      return new ScratchDatabase(scratch, hub, name);
    }
  }

  private static void drop(Connection server, String name) throws SQLException {
    List<String> comments =
        Sql.rows(
            server,
            "select coalesce(shobj_description(oid, 'pg_database'), '') from pg_database where datname = '%s'"
                .formatted(name.replace("'", "''")),
            row -> row.getString(1));
    if (comments.isEmpty()) {
      return;
    }
    if (!comments.contains(OURS)) {
      throw new SQLException(
          "There is a database '%s' that is not of a verification; name another, empty one by serai.backup.scratch-url"
              .formatted(name));
    }
    Sql.run(server, "drop database \"%s\" with (force)".formatted(name));
  }

  DataSource database() {
    return scratch;
  }

  @Override
  public void close() throws SQLException {
    if (created == null) {
      try (Connection connection = scratch.getConnection()) {
        RestoreMark.forget(connection);
      }
      return;
    }
    try (Connection connection = server.getConnection()) {
      drop(connection, created);
    }
  }
}
