package dev.serai.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.Metrics;
import dev.serai.TestHub;
import dev.serai.cloud.storage.LocalObjects;
import dev.serai.cloud.storage.Upload;
import dev.serai.job.RunRecord;
import dev.serai.job.TestRuns;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Do the jobs write backups into the bucket, verify them and let old ones go? */
class BackupJobsTest {

  private final TestHub hub = TestHub.edges();
  private final TestRuns runs = TestRuns.of(hub);

  @Test
  void aBackupIsWrittenListedAndVerified() throws Exception {
    RunRecord run = runs.run("database-backup", Map.of());
    String name = DatabaseBackup.name(run.slot().toString());
    assertThat(run.result()).matches(name + " of .*: \\d+ rows of \\d+ tables, \\d+ bytes; .*");
    JsonNode listed = Api.of(hub).get("/api/v1/backups?kind=database").json().at("/backups/0");
    assertThat(listed.path("name").asText()).isEqualTo(name);
    assertThat(listed.path("rows").asLong()).isPositive();
    assertThat(listed.has("verified_at")).isFalse();

    RunRecord verified = runs.run("backup-verify", Map.of("name", name));
    assertThat(verified.result()).startsWith(name).endsWith("restored and compared");
    assertThat(
            hub.database()
                .sql("select count(*) from pg_database where datname like '%_verify'")
                .query(Long.class)
                .single())
        .isZero();
    assertThat(
            Api.of(hub)
                .get("/api/v1/backups?kind=database")
                .json()
                .at("/backups/0/verified_at")
                .asText())
        .isNotEmpty();
  }

  @Test
  void partsOfARunThatWasKilledAreNoBackupAndGoAfterADay() throws Exception {
    Path parts = bucket().resolve("2026-01-02T01-30-00Z").resolve("dead");
    putOld("database/2026-01-02T01-30-00Z/dead/serai.event_key.001.copy.gz");
    assertThat(parts).isDirectory();
    UUID verify = runs.begin("backup-verify", Map.of("name", "2026-01-02T01-30-00Z"));
    assertThat(runs.ended(verify).state()).isEqualTo("dead");
    assertThat(runs.failed(verify).detail()).contains("no whole backup 'database/2026-01-02");
    runs.run("database-backup", Map.of());
    assertThat(parts).doesNotExist();
  }

  @Test
  void aPartThatIsDamagedInTheBucketIsNamed() throws Exception {
    RunRecord run = runs.run("database-backup", Map.of());
    String name = DatabaseBackup.name(run.slot().toString());
    Path file;
    try (Stream<Path> files = Files.walk(bucket().resolve(name))) {
      file =
          files
              .filter(path -> path.toString().matches(".*serai\\.subscription\\..*~\\d+"))
              .findFirst()
              .orElseThrow();
    }
    Drill.spoil(file);
    UUID verify = runs.begin("backup-verify", Map.of("name", name));
    assertThat(runs.ended(verify).state()).isEqualTo("dead");
    assertThat(runs.failed(verify).detail()).contains("serai.subscription.001.copy.gz");
    assertThat(
            hub.database()
                .sql("select verified_at from serai.backup where name = ?")
                .param(name)
                .query(Instant.class)
                .optional())
        .isEmpty();
  }

  @Test
  void aBackupOfNoDaysIsRefusedBeforeItBegins() {
    UUID run = runs.begin("database-backup", Map.of("daily", 0));
    assertThat(runs.ended(run).state()).isEqualTo("dead");
    assertThat(runs.failed(run).detail()).contains("'daily' is 0 and must be 1 or more");
  }

  @Test
  void metricsTellHowOldTheNewestIs() throws Exception {
    runs.run("database-backup", Map.of());
    hub.bean(BackupGauges.class).look();
    Metrics metrics = Metrics.of(hub);
    double now = Instant.now().getEpochSecond();
    assertThat(metrics.value("serai_backup_last_success_seconds", "kind", "database"))
        .isBetween(now - 120, now + 10);
    assertThat(metrics.value("serai_backup_last_verified_seconds", "kind", "redis")).isPositive();
  }

  private Path bucket() {
    return hub.data().resolve("objects").resolve("backups").resolve("database");
  }

  /** As if it had been put there long ago. */
  private void putOld(String name) throws Exception {
    byte[] rows = "1\n".getBytes(UTF_8);
    hub.bean(LocalObjects.class)
        .put(
            "backups",
            new Upload(
                name,
                new ByteArrayInputStream(rows),
                100,
                null,
                true,
                "text/plain",
                null,
                null,
                Map.of()));
    Path described = hub.data().resolve("objects").resolve("backups").resolve(name + "~.json");
    Files.writeString(
        described,
        Files.readString(described)
            .replaceAll("(?<begin>\"created\" : \")[^\"]*", "${begin}2026-01-02T01:30:00Z"));
  }
}
