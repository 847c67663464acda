package dev.serai.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.TestHub;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What happens when a backup, or where it is restored to, is not as it should be? */
class BackupFaultsTest {

  private final TestHub hub = TestHub.shared();

  @TempDir Path folder;
  private Path backup;

  @BeforeEach
  void write() throws Exception {
    try (BackupDraft draft = hub.bean(DatabaseBackup.class).begin("2026-11-21T01:30:00Z")) {
      backup = Drill.write(draft, folder);
    }
  }

  private void restore(PGSimpleDataSource database) throws IOException, SQLException {
    BackupFolder.open(backup).restore(database, Drill.flyway(hub), load -> {});
  }

  private Manifest.Part part() throws IOException {
    return BackupFolder.open(backup).manifest().parts().getLast();
  }

  @Test
  void aDamagedPartIsNamedAndTheDatabaseStaysEmpty() throws Exception {
    Path file = backup.resolve(part().object());
    byte[] right = Files.readAllBytes(file);
    Drill.spoil(file);
    PGSimpleDataSource database = Drill.empty(hub);
    assertThatThrownBy(() -> BackupFolder.open(backup).verify())
        .isInstanceOf(UnusableBackupException.class)
        .hasMessageContaining(part().object())
        .hasMessageContaining("damaged");
    assertThatThrownBy(() -> restore(database)).hasMessageContaining(part().object());
    Files.delete(file);
    assertThatThrownBy(() -> restore(database))
        .hasMessage("Part '%s' is missing".formatted(part().object()));

    // What failed half-way counts as nothing.
    Files.write(file, right);
    restore(database);
    try (Connection restored = database.getConnection()) {
      assertThat(Drill.contents(restored)).isNotEmpty();
    }
  }

  @Test
  void rowsThatAreMissingAreFoundAlsoWhenEveryPartIsWhole() throws Exception {
    Path manifest = backup.resolve(Manifest.OBJECT);
    Manifest.Table table =
        BackupFolder.open(backup).manifest().tables().stream()
            .filter(one -> one.name().equals("serai.subscription"))
            .findFirst()
            .orElseThrow();
    String text = Drill.text(manifest);
    Files.writeString(manifest, text.replace(table.sum(), "0".repeat(32)));
    assertThatThrownBy(() -> restore(Drill.empty(hub)))
        .isInstanceOf(UnusableBackupException.class)
        .hasMessageContaining("Table serai.subscription has %s rows".formatted(table.rows()));
  }

  @Test
  void aDatabaseThatIsNotEmptyIsLeftAlone() throws Exception {
    PGSimpleDataSource database = Drill.empty(hub);
    restore(database);
    assertThatThrownBy(() -> restore(database))
        .isInstanceOf(OccupiedDatabaseException.class)
        .hasMessageContaining(database.getDatabaseName())
        .hasMessageContaining("serai has ");
  }

  @Test
  void aBackupOfANewerHubIsRefused() throws Exception {
    Path manifest = backup.resolve(Manifest.OBJECT);
    String migration = BackupFolder.open(backup).manifest().migration();
    Files.writeString(
        manifest,
        Drill.text(manifest)
            .replace("\"migration\" : \"%s\"".formatted(migration), "\"migration\" : \"9999\""));
    PGSimpleDataSource database = Drill.empty(hub);
    assertThatThrownBy(() -> restore(database))
        .isInstanceOf(UnusableBackupException.class)
        .hasMessageContaining("9999")
        .hasMessageContaining(migration);
    try (Connection connection = database.getConnection()) {
      assertThat(
              Sql.rows(
                  connection,
                  "select nspname from pg_namespace where nspname like 'serai%'",
                  row -> row.getString(1)))
          .isEmpty();
    }
  }

  @Test
  void whatHasNoManifestIsNoBackup() throws Exception {
    Files.delete(backup.resolve(Manifest.OBJECT));
    assertThat(BackupFolder.list(folder)).isEmpty();
    assertThatThrownBy(() -> restore(Drill.empty(hub)))
        .isInstanceOf(UnusableBackupException.class)
        .hasMessageContaining("is no backup");
  }

  @Test
  void rowsAreCopiedInPartsOfAFewAndNoneIsDivided() throws Exception {
    try (Snapshot snapshot =
            Snapshot.take(hub.bean("migrationDataSource", javax.sql.DataSource.class));
        BackupDraft draft = new BackupDraft("small", "of a test", 1_000, new Pace(0), snapshot)) {
      Path small = Drill.write(draft, folder);
      assertThat(BackupFolder.open(small).manifest().parts())
          .hasSizeGreaterThan(BackupFolder.open(backup).manifest().parts().size() + 20);
      PGSimpleDataSource database = Drill.empty(hub);
      BackupFolder.open(small).restore(database, Drill.flyway(hub), load -> {});
    }
  }

  @Test
  void whoeverReadsPartsByAnotherNameGetsNothing() throws Exception {
    Path manifest = backup.resolve(Manifest.OBJECT);
    Files.writeString(
        manifest, Drill.text(manifest).replace(part().object(), "../../" + part().object()));
    assertThatThrownBy(() -> BackupFolder.open(backup).verify())
        .hasMessageContaining("is no name of a part");
  }

  @Test
  void aManifestOfSomethingElseIsRefused() throws Exception {
    for (String text :
        List.of("{", "{}", "{\"format\": \"serai-database-backup\", \"version\": 2}")) {
      Files.writeString(backup.resolve(Manifest.OBJECT), text);
      assertThatThrownBy(() -> BackupFolder.open(backup))
          .isInstanceOf(UnusableBackupException.class);
    }
  }

  @Test
  void aPartIsReadByteByByteToo() throws Exception {
    try (BackupDraft draft = hub.bean(DatabaseBackup.class).begin("2026-11-21T01:30:00Z");
        InputStream part = draft.next()) {
      assertThat(Objects.requireNonNull(part).read()).isEqualTo(0x1f);
      assertThat(part.read()).isEqualTo(0x8b);
    }
  }
}
