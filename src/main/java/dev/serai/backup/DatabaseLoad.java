package dev.serai.backup;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty database from a backup, in one transaction: it has all of it, or nothing. As text:
 * how far it is.
 */
public final class DatabaseLoad implements AutoCloseable {

  private static final Pattern DAY = Pattern.compile("serai\\.event_(\\d{8})");

  private final Manifest manifest;
  private final Flyway flyway;
  private final DataSource target;
  private final Connection connection;
  private final Map<String, Manifest.Table> tableOf;
  private @Nullable TableFilling filling;
  private long rows;
  private int tables;

  private DatabaseLoad(Manifest manifest, Flyway flyway, DataSource target, Connection connection) {
    this.manifest = manifest;
    this.flyway = flyway;
    this.target = target;
    this.connection = connection;
    this.tableOf =
        manifest.tables().stream()
            .flatMap(table -> table.parts().stream().map(part -> Map.entry(part.object(), table)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Makes the tables of the backup's version.
   *
   * @param flyway the hub's migrations
   * @throws UnusableBackupException when this hub is older than the backup
   * @throws OccupiedDatabaseException when something of a hub is there
   */
  public static DatabaseLoad into(DataSource target, Flyway flyway, Manifest manifest)
      throws SQLException {
    MigrationVersion known = Migrations.newest(flyway);
    if (MigrationVersion.fromVersion(manifest.migration()).compareTo(known) > 0) {
      throw new UnusableBackupException(
          "The backup has tables of version %s, and this hub knows %s: restore it with the hub that wrote it (%s) or a newer one"
              .formatted(manifest.migration(), known, manifest.hub()));
    }
    try (Connection looking = target.getConnection()) {
      RestoreMark.set(looking);
    }
    Migrations.to(flyway, target, manifest.migration()).migrate();
    Connection connection = target.getConnection();
    try {
      connection.setAutoCommit(false);
      DatabaseLoad load = new DatabaseLoad(manifest, flyway, target, connection);
      load.prepare();
      return load;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void prepare() throws SQLException {
    Sql.prepare(connection);
    for (Manifest.Table table : manifest.tables()) {
      Matcher day = DAY.matcher(table.name());
      if (day.matches()) {
        Sql.one(connection, "select serai.add_day('%s')".formatted(day.group(1)));
      }
    }
    Map<String, TableInfo> made =
        TableInfo.all(connection).stream()
            .collect(Collectors.toMap(TableInfo::name, Function.identity()));
    StringBuilder names = new StringBuilder();
    for (Manifest.Table table : manifest.tables()) {
      TableInfo known = made.get(table.name());
      if (known == null || !known.columns().containsAll(table.columns())) {
        throw new UnusableBackupException(
            "Table %s of the backup is none that the migrations up to %s make (columns %s)"
                .formatted(table.name(), manifest.migration(), table.columns()));
      }
      names.append(names.isEmpty() ? "" : ", ").append(TableInfo.quoted(table.name()));
    }
    // What migrations put in is in the backup as it was then.
    Sql.run(connection, "truncate " + names);
  }

  /**
   * Brings the rows of a part back; all parts, in the order of the manifest.
   *
   * @throws UnusableBackupException naming the part, when it is not what was written
   */
  public void load(Manifest.Part part, InputStream object) throws IOException, SQLException {
    Manifest.Table table = tableOf.get(part.object());
    if (table == null) {
      throw new UnusableBackupException("'%s' is no part of the backup".formatted(part.object()));
    }
    TableFilling now = filling;
    if (now == null || !now.isOf(table)) {
      endTable();
      now = new TableFilling(connection, table);
      filling = now;
    }
    PartReader.read(part, object, now);
  }

  private void endTable() throws SQLException {
    if (filling != null) {
      rows += filling.end();
      tables++;
      filling = null;
    }
  }

  /**
   * Compares each table with the manifest, by number and contents of its rows as they are read
   * back.
   *
   * @throws UnusableBackupException naming the table that is not the same
   */
  public void compare() throws SQLException, IOException {
    endTable();
    for (Manifest.Table table : manifest.tables()) {
      try (TableRows read = new TableRows(connection, table.name(), table.columns())) {
        RowSum found = read.toEnd();
        if (found.rows() != table.rows() || !found.toString().equals(table.sum())) {
          throw new UnusableBackupException(
              "Table %s has %s rows of sum %s, and should have %s of sum %s"
                  .formatted(table.name(), found.rows(), found, table.rows(), table.sum()));
        }
      }
    }
  }

  /** Keeps all of it, once it was compared. */
  public void commit() throws SQLException {
    for (Manifest.Sequence sequence : manifest.sequences()) {
      Sql.one(
          connection,
          "select setval('%s', %s, %s)"
              .formatted(TableInfo.quoted(sequence.name()), sequence.last(), sequence.called()));
    }
    RestoreMark.remove(connection);
    connection.commit();
  }

  /** Brings the database on to the version of this hub, and lets it count its rows. */
  public void migrate() throws SQLException {
    connection.setAutoCommit(true);
    Flyway.configure(flyway.getConfiguration().getClassLoader())
        .configuration(flyway.getConfiguration())
        .dataSource(target)
        .load()
        .migrate();
    for (Manifest.Table table : manifest.tables()) {
      Sql.run(connection, "analyze " + TableInfo.quoted(table.name()));
    }
  }

  /** What is not finished is gone. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** How far it is, in per cent, by tables. */
  public long percent() {
    return Math.min(99, 100L * tables / Math.max(1, manifest.tables().size()));
  }

  @Override
  public String toString() {
    return "%s rows of %s tables restored"
        .formatted(rows + (filling == null ? 0 : filling.rows()), tables);
  }
}
