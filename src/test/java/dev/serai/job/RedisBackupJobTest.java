package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.embedded.TestServers;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.backup.Restores;
import dev.serai.redis.backup.Restoring;
import io.lettuce.core.AclSetuserArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.protocol.CommandType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** Is there always a whole backup of Redis, also while it refuses or is away? */
class RedisBackupJobTest {

  private static TestServers servers;
  private static TestHub hub;
  private static TestRuns runs;
  private static Path folder;
  private static Keys keys;

  @BeforeAll
  static void start() throws IOException {
    servers = TestServers.start();
    hub = TestHub.start(servers.settings());
    runs = TestRuns.of(hub);
    keys = hub.bean(Keys.class);
    folder = hub.data().resolve("backups").resolve("redis");
  }

  @BeforeEach
  void nothingIsThere() throws IOException {
    redis().flushall();
    for (Path file : files()) {
      Files.delete(file);
    }
    FileSystemUtils.deleteRecursively(hub.data().resolve("objects"));
  }

  @AfterAll
  static void stop() throws IOException {
    hub.close();
    servers.close();
  }

  private static RedisCommands<String, String> redis() {
    return hub.bean(Redis.class).require().sync();
  }

  @Test
  void aBackupIsInTheBucketAndCanBeRestoredAndVerified() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      redis().psetex(keys.store("k" + i), 10_000_000, "v" + i);
    }
    RunRecord run = runs.run("redis-backup", Map.of());
    Path file = stored(run);
    assertThat(run.result())
        .matches("\\d+ keys, %s bytes; 0 of 1 older ones deleted".formatted(Files.size(file)));
    assertThat(Integer.parseInt(String.valueOf(run.result()).split(" ", 2)[0]))
        .isGreaterThanOrEqualTo(5_000);
    assertThat(run.message()).isEqualTo("deletes old backups");
    assertThat(Files.getPosixFilePermissions(file)).as("its owner's alone").hasSize(2);
    assertThat(runs.run("redis-verify", Map.of()).result())
        .matches(".*: \\d+ keys restored and compared");
    assertThat(redis().exists(keys.store("k4999"))).isOne();
    redis().flushall();
    assertThat(restored(file)).isGreaterThanOrEqualTo(5_000);
    assertThat(redis().get(keys.store("k4999"))).isEqualTo("v4999");

    Path left = Files.createTempFile(folder, "backup-", ".tmp"); // by a hub that was killed
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    RunRecord second = runs.run("redis-backup", Map.of("daily", 1));
    assertThat(second.result()).as("one was verified").endsWith("; 0 of 2 older ones deleted");
    assertThat(files()).isEmpty();
    Path unverified = stored(second);
    assertThat(runs.run("redis-backup", Map.of("daily", 1)).result())
        .endsWith("; 1 of 3 older ones deleted");
    assertThat(unverified).doesNotExist();
    assertThat(file).exists();
  }

  @Test
  void aSlotHasOneBackup() throws Exception {
    Instant slot = Instant.parse("2026-11-20T01:10:00Z");
    RunRecord first = runs.done(runs.backfill("redis-backup", slot, slot.plusSeconds(1)));
    assertThat(first.result()).contains(" keys, ");
    byte[] bytes = Files.readAllBytes(stored(first));

    RunRecord second = runs.done(runs.backfill("redis-backup", slot, slot.plusSeconds(1)));
    assertThat(second.result()).startsWith("2026-11-20T01-10-00Z was there");
    assertThat(Files.readAllBytes(stored(second))).isEqualTo(bytes);
  }

  @Test
  void aDamagedBackupIsFound() throws Exception {
    Path file = stored(runs.run("redis-backup", Map.of()));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    UUID run = runs.begin("redis-verify", Map.of());
    assertThat(runs.ended(run).state()).isEqualTo("dead");
    assertThat(runs.failed(run).detail()).contains("keys.ndjson").contains("CRC32C");
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidAtOnce() throws Exception {
    Files.deleteIfExists(folder);
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "in the way");
    try {
      UUID run = runs.begin("redis-backup", Map.of());
      assertThat(runs.ended(run).state()).isEqualTo("dead");
      assertThat(runs.failed(run).cause()).isEqualTo("BackupFolderException");
      assertThat(runs.failed(run).detail())
          .contains("Backups can't be written to " + folder)
          .contains("serai.data.dir");
    } finally {
      Files.delete(folder);
    }
  }

  @Test
  void aBackupThatRedisRefusesLeavesTheLastOneAndIsRepeated() throws Exception {
    Path last = stored(runs.run("redis-backup", Map.of()));
    redis().aclSetuser("default", AclSetuserArgs.Builder.removeCommand(CommandType.SCAN));
    UUID run = runs.begin("redis-backup", Map.of());
    assertThat(runs.failed(run).detail()).contains("NOPERM").contains("scan");
    assertThat(files()).isEmpty();
    assertThat(last).exists();
    redis().aclSetuser("default", AclSetuserArgs.Builder.addCommand(CommandType.SCAN));
    runs.later(run);
    assertThat(runs.done(run).attempts()).isEqualTo(2);
    assertThat(stored(runs.find(run))).exists();
  }

  @Test
  void runsThatWaitForRedisAreMadeWhenItIsBack() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      redis().psetex(keys.store("k" + i), 10_000_000, "v" + i);
    }
    UUID begun = runs.begin("redis-backup", Map.of());
    await().until(() -> runs.find(begun).progress() != null);
    servers.killRedis();
    List<UUID> waiting =
        Stream.of("expired-sessions", "stale-keys").map(job -> runs.begin(job, Map.of())).toList();
    servers.startRedis();
    await().atMost(Duration.ofSeconds(20)).until(() -> hub.bean(Redis.class).shared() != null);
    runs.later(begun);
    RunRecord run = runs.done(begun);
    waiting.forEach(runs::done);
    assertThat(restored(stored(run))).isNotNegative();
  }

  private static long restored(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return hub.bean(Restores.class)
          .restore(
              in,
              new Restoring(
                  Restoring.Mode.REPLACE,
                  Restoring.Renaming.of(null, null, null, null),
                  false,
                  false))
          .restored();
    }
  }

  /** Where the bucket has it. */
  private static Path stored(RunRecord run) throws IOException {
    Path parent =
        hub.data()
            .resolve("objects")
            .resolve("backups")
            .resolve("redis")
            .resolve(run.slot().toString().replace(":", "-"));
    try (Stream<Path> files = Files.list(parent)) {
      return files.filter(file -> file.toString().matches(".*~\\d+")).findFirst().orElseThrow();
    }
  }

  /** Those that are not finished. */
  private static List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
