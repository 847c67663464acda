package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What do the commands for queues and Redis do? */
class QueueCommandsTest {

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);
  private final String name = "cli-" + UUID.randomUUID();

  @TempDir private Path folder;

  @Test
  void aJobIsPutShownListedAndCleared() throws Exception {
    assertThat(cli.ask("queues", "put", name, "{\"page\": 1}", "--priority", "3")).isZero();
    String id = cli.json().path("id").asText();
    assertThat(cli.ask("queues", "show", name)).isZero();
    assertThat(cli.out()).contains("PRIORITY", id);
    assertThat(cli.ask("queues", "show", name, id)).isZero();
    assertThat(cli.json().path("status").asText()).isEqualTo("PENDING");
    assertThat(cli.ask("queues", "list")).isZero();
    assertThat(cli.out()).contains("WAITING", name);
    assertThat(cli.ask("queues", "clear", name, "--reason", "test")).isZero();
    assertThat(cli.json().path("cleared").asInt()).isEqualTo(1);
    assertThat(cli.ask("queues", "show", "none-" + name)).isNotZero();
  }

  @Test
  void keysGoIntoAFileOfTheirOwnersAndComeBack() throws Exception {
    var redis = Objects.requireNonNull(hub.bean(Redis.class).shared()).sync();
    String key = hub.bean(Keys.class).prefix() + name + ":a";
    redis.set(key, "1");
    String file = folder.resolve("backup").toString();
    assertThat(cli.ask("redis", "backup", file, "--pattern", name + ":*")).isZero();
    assertThat(cli.out()).contains("1 keys");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file))))
        .isEqualTo("rw-------");
    assertThat(cli.ask("redis", "backup", file, "--pattern", "*")).as("is there").isNotZero();

    assertThat(cli.ask("redis", "restore", file)).as("the key is there").isNotZero();
    redis.del(key);
    assertThat(cli.ask("redis", "restore", file, "--dry-run")).isZero();
    assertThat(redis.exists(key)).isZero();
    assertThat(cli.ask("redis", "restore", file)).isZero();
    assertThat(cli.json().path("restored").asInt()).isEqualTo(1);
    assertThat(redis.get(key)).isEqualTo("1");
    redis.del(key);
  }

  @Test
  void whichKeysMustBeSaid() {
    assertThat(cli.ask("redis", "backup", folder.resolve("b").toString())).isNotZero();
    assertThat(cli.err()).contains("pattern");
    assertThat(Files.exists(folder.resolve("b.part"))).isFalse();
  }

  @Test
  void whatWouldBeRemovedIsListed() {
    assertThat(cli.ask("redis", "clean", "--dry-run")).isZero();
    assertThat(cli.out()).contains("WOULD REMOVE", "stale-locks");
  }
}
