package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.serai.AlertRules;
import dev.serai.Api;
import dev.serai.Metrics;
import dev.serai.PromHistory;
import dev.serai.TestHub;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens when the disk under PostgreSQL and Redis is full, and when there is room again? */
class FullDiskIT {

  private static final Duration SOON = Duration.ofSeconds(45);
  private static final int ENOUGH_TO_PROVE_IT = 20;

  @Test
  void providersAreToldToComeAgainAndTheHubGoesOnWhenThereIsRoom() throws Exception {
    HubProcess hub = new HubProcess("full-disk", Map.of());
    Path disk = Files.createDirectories(hub.data());
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "-o", "size=800m", "tmpfs", disk.toString()),
        "a small disk can be mounted here");
    try (hub) {
      hub.ensureReady();
      Ledger ledger = Ledger.of(hub);
      ledger.create();
      Load load = Load.on(hub, "ledger.counted");
      try (load) {
        await().until(() -> load.acknowledged().size() > ENOUGH_TO_PROVE_IT);
        assertThat(isAlerted(hub)).isFalse();
        Path ballast = disk.resolve("ballast");
        fill(ballast);
        await().atMost(SOON).until(() -> load.refusals().size() > ENOUGH_TO_PROVE_IT);
        assertThat(hub.health()).contains("\"diskSpace\":{\"status\":\"DOWN\"");
        await().atMost(SOON).until(() -> hub.output().contains("No space left on device"));
        assertThat(isAlerted(hub)).isTrue();
        Files.delete(ballast);
        int before = load.acknowledged().size();
        await().atMost(SOON).until(() -> load.acknowledged().size() > before + ENOUGH_TO_PROVE_IT);
      }
      assertThat(load.refusals())
          .allMatch(refusal -> refusal.status() == 503 && refusal.retryAfter());
      ledger.awaitHandled(SOON, load.acknowledged());
      assertThat(ledger.repeats("once")).isZero();
      await().atMost(SOON).until(() -> hub.health().contains("\"diskSpace\":{\"status\":\"UP\""));
    } finally {
      succeeds("umount", "--lazy", disk.toString());
    }
  }

  private static boolean isAlerted(HubProcess hub) throws Exception {
    Metrics now = Metrics.of(new Api(hub.url(), TestHub.API_KEY).get("/metrics").text());
    return AlertRules.fires("DiskNearlyFull", PromHistory.of(now, now, now));
  }

  private static void fill(Path file) throws IOException {
    byte[] block = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  private static boolean succeeds(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }
}
