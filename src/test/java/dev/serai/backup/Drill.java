package dev.serai.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** Backups of a hub into folders, new databases, and what tables have in them. */
final class Drill {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Drill() {}

  /** All parts and the manifest of a draft, into a folder. */
  static Path write(BackupDraft draft, Path parent) throws Exception {
    Path folder = parent.resolve(draft.name());
    InputStream part = draft.next();
    while (part != null) {
      Path file = folder.resolve(draft.object());
      Files.createDirectories(file.getParent());
      long size = Files.copy(part, file);
      draft.stored(JSON.writeValueAsString(Map.of("size", size, "crc32c", "AAAAAA==")));
      part = draft.next();
    }
    Files.write(folder.resolve(Manifest.OBJECT), draft.manifest().bytes());
    return folder;
  }

  static Flyway flyway(TestHub hub) {
    return hub.bean(Flyway.class);
  }

  /** A new database on the hub's server. */
  static PGSimpleDataSource empty(TestHub hub) throws SQLException {
    String name = "drill_" + new Random().nextInt(1_000_000_000);
    hub.database().sql("create database " + name).update();
    PGSimpleDataSource known =
        hub.bean("migrationDataSource", DataSource.class).unwrap(PGSimpleDataSource.class);
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(known.getURL());
    database.setUser(known.getUser());
    database.setPassword(known.getPassword());
    database.setDatabaseName(name);
    return database;
  }

  /**
   * Number and contents of the rows of every table, by PostgreSQL's own hash of whole rows: none of
   * the code that is tested has a part in it.
   */
  static Map<String, String> contents(Connection connection) throws SQLException {
    Map<String, String> contents = new TreeMap<>();
    try (Statement tables = connection.createStatement();
        ResultSet table =
            tables.executeQuery(
                """
                select table_schema, table_name from information_schema.tables
                where table_schema in
                    ('serai', 'payments', 'supabase', 'memory', 'notify', 'analytics', 'billing')
                  and table_type = 'BASE TABLE' and table_name <> 'flyway_schema_history'
                """)) {
      while (table.next()) {
        String name = table.getString(1) + "." + table.getString(2);
        contents.put(name, of(connection, name));
      }
    }
    assertThat(contents).hasSizeGreaterThan(40);
    return contents;
  }

  private static String of(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 7)::numeric), 0) from %s t"
                    .formatted(table))) {
      rows.next();
      return rows.getString(1);
    }
  }

  static void spoil(Path file) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  static String text(Path file) throws Exception {
    return Files.readString(file, UTF_8);
  }
}
