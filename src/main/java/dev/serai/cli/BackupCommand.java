package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.backup.BackupFolder;
import dev.serai.backup.Manifest;
import dev.serai.backup.OccupiedDatabaseException;
import dev.serai.backup.UnusableBackupException;
import dev.serai.event.Migration;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = {
      "Lists backups of the database and of Redis, makes and verifies them;",
      "restores the database from one, without a hub. See docs/recovery.md."
    })
final class BackupCommand extends CommandGroup {

  /** One that is configured is not started. */
  private static final String NO_REDIS = "--serai.redis.url=redis://127.0.0.1:1";

  @Command(
      name = "list",
      description = "Lists backups, the newest first.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(
              names = "--folder",
              paramLabel = "DIR",
              description =
                  "Those of the database in this folder, without a hub:"
                      + " data/objects/backups/database.")
          @Nullable Path folder)
      throws IOException, InterruptedException {
    JsonNode answer = folder == null ? api.get("/api/v1/backups", Map.of()) : in(folder);
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("KIND", Output.text("kind"));
    columns.put("NAME", Output.text("name"));
    columns.put("OF", Output.text("taken_at"));
    columns.put("ROWS", Output.text("rows"));
    columns.put("BYTES", Output.text("bytes"));
    columns.put("VERSION", Output.text("version"));
    columns.put("VERIFIED", Output.text("verified_at"));
    output.table(answer, answer.path("backups"), columns);
  }

  private static JsonNode in(Path folder) throws IOException {
    ObjectNode answer = ApiClient.JSON.createObjectNode();
    for (BackupFolder found : BackupFolder.list(folder).reversed()) {
      answer.withArray("backups").add(described(found.manifest()));
    }
    return answer;
  }

  private static ObjectNode described(Manifest manifest) {
    return ApiClient.JSON
        .createObjectNode()
        .put("kind", "database")
        .put("name", manifest.name())
        .put("taken_at", manifest.takenAt())
        .put("rows", manifest.rows())
        .put("bytes", manifest.size())
        .put("version", manifest.migration());
  }

  @Command(
      name = "create",
      description = "Makes a backup now, by a run of its job, and waits for its end.",
      mixinStandardHelpOptions = true)
  int create(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(names = "--redis", description = "Of Redis instead of the database.") boolean redis)
      throws IOException, InterruptedException {
    return new FollowedRun(api, output)
        .follow(redis ? "redis-backup" : "database-backup", Map.of());
  }

  @Command(
      name = "verify",
      description = {
        "Restores a backup into a scratch database and compares every table, by a run of its job;",
        "with --folder only reads all of its files and compares their checksums, without a hub."
      },
      mixinStandardHelpOptions = true)
  int verify(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(
              paramLabel = "NAME",
              arity = "0..1",
              description = "The backup. Default: the newest one.")
          @Nullable String name,
      @Option(
              names = "--folder",
              paramLabel = "DIR",
              description = "The folder of one backup of the database.")
          @Nullable Path folder)
      throws IOException, InterruptedException {
    if (folder == null) {
      return new FollowedRun(api, output)
          .follow("backup-verify", name == null ? Map.of() : Map.of("name", name));
    }
    return reported(
        output,
        () -> {
          BackupFolder backup = BackupFolder.open(folder);
          backup.verify();
          done(output, backup.manifest(), "whole");
        });
  }

  @Command(
      name = "restore",
      description = {
        "Restores the database from the folder of a backup, into an empty one, without a hub.",
        "All of it is compared before it counts; then it is brought to this version. Without a",
        "configured database it is the hub's own one below the data directory."
      },
      mixinStandardHelpOptions = true)
  int restore(
      @Mixin Output output,
      @Parameters(paramLabel = "FOLDER", description = "The folder with manifest.json.")
          Path folder,
      @Option(
              names = "--database-url",
              paramLabel = "URL",
              description = "The database. Default: $SERAI_DATABASE_URL.")
          @Nullable String url,
      @Option(
              names = "--data-dir",
              paramLabel = "DIR",
              description =
                  "The hub's data directory, if the database is its own one in there. Default:"
                      + " $SERAI_DATA_DIR, else data.")
          @Nullable Path data)
      throws IOException {
    return reported(
        output,
        () -> {
          BackupFolder backup = BackupFolder.open(folder);
          try (Migration migration =
              url == null
                  ? Migration.openWithServers(own(data))
                  : Migration.open("--serai.database.url=" + url)) {
            backup.restore(
                migration.flyway().getConfiguration().getDataSource(),
                migration.flyway(),
                load -> output.progress().println(load));
            done(output, backup.manifest(), "restored");
          }
        });
  }

  private static String[] own(@Nullable Path data) {
    return data == null
        ? new String[] {NO_REDIS}
        : new String[] {NO_REDIS, "--serai.data.dir=" + data};
  }

  private static void done(Output output, Manifest manifest, String state) throws IOException {
    if (output.json) {
      output.show(described(manifest).put("state", state));
    } else {
      output
          .out()
          .println(
              "%s of %s: %s rows of %s tables, %s"
                  .formatted(
                      manifest.name(),
                      manifest.takenAt(),
                      manifest.rows(),
                      manifest.tables().size(),
                      state));
    }
  }

  private static int reported(Output output, Work work) throws IOException {
    try {
      work.run();
      return 0;
    } catch (UnusableBackupException | OccupiedDatabaseException e) {
      output.progress().println("serai: " + e.getMessage());
    } catch (SQLException | FlywayException e) {
      output
          .progress()
          .println("serai: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return FailureReport.FAILED;
  }

  /** What may fail in ways that one line tells. */
  private interface Work {
    void run() throws IOException, SQLException;
  }
}
