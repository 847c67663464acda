package dev.serai.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.cloud.storage.StorageHub;
import dev.serai.job.TestRuns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Do archive and backups work when their buckets are in Cloud Storage? */
class GoogleArchiveTest {

  private static final int EVENTS = 300;

  @Test
  void whatIsArchivedAndBackedUpThereComesBack() throws Exception {
    Map<String, String> settings = new LinkedHashMap<>(StorageHub.settings());
    for (String bucket : new String[] {"archive", "backups"}) {
      settings.put("serai.buckets." + bucket, bucket + "-of-two-hubs");
      StorageHub.add(bucket + "-of-two-hubs");
    }
    try (ArchivedHubs hubs = ArchivedHubs.start(settings)) {
      ArchivedHubs.post(hubs.old(), "google", EVENTS);
      ArchivedHubs.awaitArchived(hubs.old());
      JsonNode verified = ArchivedHubs.run(hubs.fresh(), "archive-verify", Map.of());
      assertThat(verified.path("damaged").asInt()).as(verified.toString()).isZero();
      JsonNode restored = ArchivedHubs.run(hubs.fresh(), "archive-restore", Map.of());
      assertThat(restored.path("restored").asInt()).as(restored.toString()).isEqualTo(EVENTS);
      assertThat(ArchiveRestoreTest.sum(hubs.fresh()))
          .isEqualTo(ArchiveRestoreTest.sum(hubs.old()));

      TestRuns runs = TestRuns.of(hubs.old());
      String backup = runs.run("database-backup", Map.of()).result();
      String name = Objects.requireNonNull(backup).split(" ", 2)[0];
      assertThat(runs.run("backup-verify", Map.of("name", name)).result())
          .endsWith("restored and compared");
      runs.run("redis-backup", Map.of());
      assertThat(runs.run("redis-verify", Map.of()).result()).isNotNull();
    }
  }
}
