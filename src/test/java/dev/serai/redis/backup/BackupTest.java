package dev.serai.redis.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.TestHub;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.backup.Restoring.Mode;
import dev.serai.redis.backup.Restoring.Renaming;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Is what was restored what was there? */
class BackupTest {

  private final TestHub hub = TestHub.shared();
  private final Backups backups = hub.bean(Backups.class);
  private final Restores restores = hub.bean(Restores.class);
  private final RedisCommands<String, String> redis =
      Objects.requireNonNull(hub.bean(Redis.class).shared()).sync();
  private final String area = "test-backup:" + UUID.randomUUID() + ":";
  private final String prefix = hub.bean(Keys.class).prefix();

  @Test
  void everyTypeComesBackWithItsExpiry() throws Exception {
    redis.set(name("text"), "ü\0x");
    redis.hset(name("hash"), Map.of("a", "1", "b", "2"));
    redis.rpush(name("list"), "x", "y", "x");
    redis.sadd(name("set"), "p", "q");
    redis.zadd(name("zset"), 1.5, "m");
    redis.xadd(name("stream"), Map.of("f", "v"));
    redis.set(name("short"), "s");
    redis.pexpire(name("short"), 600_000);
    byte[] file = backup();
    List<String> names = List.of("text", "hash", "list", "set", "zset", "stream", "short");
    Map<String, String> before = values(names, area);

    assertThat(restore(file, Mode.REFUSE, area, "copy:" + area).restored()).isEqualTo(7);
    assertThat(values(names, "copy:" + area)).isEqualTo(before);
    assertThat(redis.pttl(prefix + "copy:" + area + "short")).isBetween(598_000L, 600_000L);
    assertThat(redis.pttl(prefix + "copy:" + area + "text")).isEqualTo(-1);
  }

  @Test
  void whatStandsStillIsTheSameAndWhatMovesIsAsItOnceWas() throws Exception {
    int count = 2_000;
    for (int i = 0; i < count; i++) {
      redis.set(name("still:" + i), Integer.toString(i));
      redis.rpush(name("moving:" + i), "0", "0");
    }
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int n = 1; !stop.get(); n++) {
                    String key = name("moving:" + n % count);
                    String value = Integer.toString(n);
                    // Both or neither: a copy with one of them is of no moment there was.
                    redis.eval(
                        "redis.call('RPUSH', KEYS[1], ARGV[1], ARGV[1])",
                        io.lettuce.core.ScriptOutputType.STATUS,
                        new String[] {key},
                        value);
                  }
                });
    byte[] file;
    try {
      file = backup();
    } finally {
      stop.set(true);
      writer.join();
    }
    restore(file, Mode.REFUSE, area, "copy:" + area);
    for (int i = 0; i < count; i++) {
      String copy = prefix + "copy:" + area;
      assertThat(redis.get(copy + "still:" + i)).isEqualTo(Integer.toString(i));
      List<String> moved = redis.lrange(copy + "moving:" + i, 0, -1);
      List<String> now = redis.lrange(name("moving:" + i), 0, -1);
      assertThat(moved).hasSizeGreaterThanOrEqualTo(2);
      assertThat(moved.size() % 2).isZero();
      assertThat(now.subList(0, moved.size())).isEqualTo(moved);
    }
  }

  @Test
  void aKeyThatIsThereIsLeftReplacedOrAReasonToWriteNothing() throws Exception {
    redis.set(name("a"), "old");
    redis.set(name("b"), "old");
    byte[] file = backup();
    redis.set(name("b"), "new");
    redis.del(name("a"));

    assertThatThrownBy(() -> restore(file, Mode.REFUSE, null, null))
        .isInstanceOf(ExistingKeyException.class);
    assertThat(redis.exists(name("a"))).as("nothing was written").isZero();
    Restores.Restored skipped = restore(file, Mode.SKIP, null, null);
    assertThat(skipped.existing()).isEqualTo(1);
    assertThat(redis.get(name("a"))).isEqualTo("old");
    assertThat(redis.get(name("b"))).isEqualTo("new");
    restore(file, Mode.REPLACE, null, null);
    assertThat(redis.get(name("b"))).isEqualTo("old");
  }

  @Test
  void aLookWritesNothing() throws Exception {
    redis.set(name("a"), "1");
    byte[] file = backup();
    redis.del(name("a"));
    Restoring look = new Restoring(Mode.REFUSE, Renaming.of(null, null, null, null), false, true);
    assertThat(restores.restore(new ByteArrayInputStream(file), look).restored()).isEqualTo(1);
    assertThat(redis.exists(name("a"))).isZero();
  }

  @Test
  void whatWouldHaveExpiredStaysAwayUnlessItIsRenewed() throws Exception {
    redis.set(name("a"), "1");
    redis.pexpire(name("a"), 1_000_000);
    String file = new String(backup(), StandardCharsets.UTF_8);
    // As if it had been made an hour ago.
    String hour = at(file, 3_600_000);
    redis.del(name("a"));
    byte[] old = resealed(hour);
    assertThat(restore(old, Mode.REFUSE, null, null).expired()).isEqualTo(1);
    Restoring renewed =
        new Restoring(Mode.REFUSE, Renaming.of(null, null, null, null), true, false);
    assertThat(restores.restore(new ByteArrayInputStream(old), renewed).restored()).isEqualTo(1);
    assertThat(redis.pttl(name("a"))).isBetween(998_000L, 1_001_000L);
  }

  @Test
  void aWorkspaceIsBroughtIntoAnother() throws Exception {
    Keys keys = hub.bean(Keys.class);
    String from = "w:" + UUID.randomUUID();
    redis.set(keys.cache(from, "a:b"), "1");
    redis.set(keys.usage(from, "2026-11"), "2");
    redis.set(keys.cache(from + "x", "a"), "another's");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Backups.Running backup = backups.begin(backups.selection(null, from))) {
      assertThat(backup.write(out)).isEqualTo(2);
    }
    String to = "scratch-" + from;
    Restoring how = new Restoring(Mode.REFUSE, Renaming.of(null, null, from, to), false, false);
    restores.restore(new ByteArrayInputStream(out.toByteArray()), how);
    assertThat(redis.get(keys.cache(to, "a:b"))).isEqualTo("1");
    assertThat(redis.get(keys.usage(to, "2026-11"))).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "flipped", "without-end", "longer", "other", "empty"})
  void ofADamagedFileNothingIsWritten(String damage) throws Exception {
    redis.set(name("a"), "1");
    redis.set(name("b"), "2");
    byte[] file = backup();
    redis.del(name("a"), name("b"));
    String text = new String(file, StandardCharsets.UTF_8);
    byte[] damaged =
        switch (damage) {
          case "cut" -> Arrays.copyOf(file, file.length - 40);
          case "flipped" -> {
            file[file.length / 2] ^= 1;
            yield file;
          }
          case "without-end" -> bytes(text.substring(0, text.indexOf("{\"keys\"")));
          case "longer" -> bytes(text + "{}\n");
          case "other" -> bytes("{\"a\":1}\n");
          default -> new byte[0];
        };
    assertThatThrownBy(() -> restore(damaged, Mode.REPLACE, null, null))
        .isInstanceOf(BrokenBackupException.class);
    assertThat(redis.exists(name("a"), name("b"))).isZero();
  }

  private String name(String key) {
    return prefix + area + key;
  }

  private byte[] backup() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Backups.Running backup = backups.begin(backups.selection(area + "*", null))) {
      backup.write(out);
    }
    return out.toByteArray();
  }

  private Restores.Restored restore(
      byte[] file, Mode mode, @Nullable String from, @Nullable String to) throws IOException {
    Restoring how = new Restoring(mode, Renaming.of(from, to, null, null), false, false);
    return restores.restore(new ByteArrayInputStream(file), how);
  }

  private Map<String, String> values(List<String> names, String area) {
    Map<String, String> values = new java.util.TreeMap<>();
    for (String name : names) {
      String key = prefix + area + name;
      Object value =
          switch (redis.type(key)) {
            case "string" -> redis.get(key);
            case "hash" -> new java.util.TreeMap<>(redis.hgetall(key));
            case "list" -> redis.lrange(key, 0, -1);
            case "set" -> new java.util.TreeSet<>(redis.smembers(key));
            case "zset" -> redis.zrangeWithScores(key, 0, -1);
            case "stream" ->
                redis.xrange(key, io.lettuce.core.Range.unbounded()).getFirst().getId();
            default -> "nothing";
          };
      values.put(name, String.valueOf(value));
    }
    return values;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The lines of a backup with its times so much earlier. */
  private static String at(String file, long earlier) {
    var json = new com.fasterxml.jackson.databind.ObjectMapper();
    List<String> lines = new ArrayList<>();
    try {
      for (String line : file.split("\n")) {
        var row = (com.fasterxml.jackson.databind.node.ObjectNode) json.readTree(line);
        if (row.has("at")) {
          row.put(
              "at",
              java.time.Instant.parse(row.path("at").asText()).minusMillis(earlier).toString());
        }
        if (row.has("expires_at")) {
          row.put("expires_at", row.path("expires_at").asLong() - earlier);
        }
        lines.add(row.toString());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return String.join("\n", lines) + "\n";
  }

  private static byte[] resealed(String file) {
    String body = file.substring(0, file.indexOf("{\"keys\""));
    String hash = java.util.HexFormat.of().formatHex(Hash.sha256().digest(bytes(body)));
    return bytes(body + "{\"keys\":1,\"sha256\":\"%s\"}\n".formatted(hash));
  }
}
