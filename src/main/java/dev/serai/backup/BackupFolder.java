package dev.serai.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A backup of the database as a folder of files, named like the objects of the bucket: for a
 * restoration without a hub.
 */
public final class BackupFolder {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Manifest manifest;

  private BackupFolder(Path folder, Manifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Opens one.
   *
   * @throws UnusableBackupException when it has no manifest, or one that can't be read
   */
  public static BackupFolder open(Path folder) throws IOException {
    try (InputStream in = Files.newInputStream(file(folder, Manifest.OBJECT))) {
      return new BackupFolder(folder, Manifest.read(in));
    } catch (NoSuchFileException e) {
      throw new UnusableBackupException(
          "%s is no backup: it has no %s, which is written last. Name the folder of one backup, such as data/objects/backups/database/2026-11-21T01-30-00Z"
              .formatted(folder, Manifest.OBJECT),
          e);
    }
  }

  /** Those below a folder, the oldest first; what has no manifest is none. */
  public static List<BackupFolder> list(Path parent) throws IOException {
    List<Path> folders;
    try (Stream<Path> below = Files.list(parent)) {
      folders = below.filter(BackupFolder::hasManifest).sorted().toList();
    }
    List<BackupFolder> found = new ArrayList<>();
    for (Path folder : folders) {
      found.add(open(folder));
    }
    return found;
  }

  /** What it has. */
  public Manifest manifest() {
    return manifest;
  }

  /**
   * Reads all parts once.
   *
   * @throws UnusableBackupException naming the part that is not what was written
   */
  public void verify() throws IOException, SQLException {
    for (Manifest.Part part : manifest.parts()) {
      PartReader.read(part, bytes(part), (bytes, length) -> {});
    }
  }

  /**
   * Restores it into an empty database and brings that to the version of this hub.
   *
   * @param target where
   * @param flyway the hub's migrations
   * @param progress is told how far it is
   * @throws OccupiedDatabaseException when the database is not empty; nothing was changed
   * @throws UnusableBackupException when the backup can't be used; the database stays empty
   */
  public void restore(DataSource target, Flyway flyway, Consumer<DatabaseLoad> progress)
      throws IOException, SQLException {
    try (DatabaseLoad load = DatabaseLoad.into(target, flyway, manifest)) {
      for (Manifest.Part part : manifest.parts()) {
        load.load(part, bytes(part));
        progress.accept(load);
      }
      load.compare();
      load.commit();
      load.migrate();
    }
  }

  private InputStream bytes(Manifest.Part part) throws IOException {
    try {
      return new BufferedInputStream(Files.newInputStream(file(folder, part.object())), 1 << 16);
    } catch (NoSuchFileException e) {
      throw new UnusableBackupException("Part '%s' is missing".formatted(part.object()), e);
    }
  }

  private static boolean hasManifest(Path folder) {
    try {
      return Files.exists(file(folder, Manifest.OBJECT));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Copied from a bucket it has the object's name; below the data directory it has a number, too.
   */
  private static Path file(Path folder, String object) throws IOException {
    Path file = folder.resolve(object).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new UnusableBackupException("'%s' is no name of a part".formatted(object));
    }
    Path described = file.resolveSibling(file.getFileName() + "~.json");
    if (Files.exists(file) || !Files.exists(described)) {
      return file;
    }
    String generation = JSON.readTree(Files.readAllBytes(described)).path("generation").asText();
    return file.resolveSibling(file.getFileName() + "~" + generation);
  }
}
