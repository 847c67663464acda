package dev.serai.redis.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.TestHub;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.backup.Restoring.Mode;
import dev.serai.redis.backup.Restoring.Renaming;
import io.lettuce.core.Range;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keys of a test's own in the shared hub's Redis, and their backup. */
final class BackupArea {

  /** Held by tests that make keys without expiry, and by those that look for them. */
  static final String TURN = "keys without expiry";

  private static final ObjectMapper JSON = new ObjectMapper();

  final RedisCommands<String, String> redis;

  private final Backups backups;
  private final Restores restores;
  private final String prefix;
  private final String area = "test-backup:" + UUID.randomUUID() + ":";

  BackupArea(TestHub hub) {
    this.redis = Objects.requireNonNull(hub.bean(Redis.class).shared()).sync();
    this.backups = hub.bean(Backups.class);
    this.restores = hub.bean(Restores.class);
    this.prefix = hub.bean(Keys.class).prefix();
  }

  /** Takes away its keys and their copies, which have no expiry. */
  void clear() {
    for (String pattern : List.of(prefix + area + "*", prefix + "copy:" + area + "*")) {
      ScanIterator.scan(redis, ScanArgs.Builder.matches(pattern).limit(1_000)).stream()
          .forEach(redis::unlink);
    }
  }

  /** A key, as Redis has it. */
  String name(String key) {
    return prefix + area + key;
  }

  /** The key that it is restored under by {@link #copy}. */
  String copyOf(String key) {
    return prefix + "copy:" + area + key;
  }

  byte[] backup() throws IOException {
    return backup(backups.selection(area + "*", null));
  }

  byte[] backup(Backups.Selection selection) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Backups.Running backup = backups.begin(selection)) {
      backup.write(out);
    }
    return out.toByteArray();
  }

  byte[] backupAtOnce() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Backups.Running backup = backups.begin(backups.selection(area + "*", null))) {
      backup.writeAtOnce(out);
    }
    return out.toByteArray();
  }

  Backups.Selection workspace(String workspace) {
    return backups.selection(null, workspace);
  }

  /** Restores everything under the names of {@link #copyOf}. */
  Restores.Restored copy(byte[] file) throws IOException {
    return restore(
        file,
        new Restoring(Mode.REFUSE, Renaming.of(area, "copy:" + area, null, null), false, false));
  }

  Restores.Restored restore(byte[] file, Mode mode) throws IOException {
    return restore(file, new Restoring(mode, Renaming.of(null, null, null, null), false, false));
  }

  Restores.Restored restore(byte[] file, Restoring how) throws IOException {
    return restores.restore(new ByteArrayInputStream(file), how);
  }

  /** What a key has in it, whatever its type. */
  @Nullable String value(String key) {
    Object value =
        switch (redis.type(key)) {
          case "string" -> redis.get(key);
          case "hash" -> new TreeMap<>(redis.hgetall(key));
          case "list" -> redis.lrange(key, 0, -1);
          case "set" -> new TreeSet<>(redis.smembers(key));
          case "zset" -> redis.zrangeWithScores(key, 0, -1);
          case "stream" -> redis.xrange(key, Range.unbounded()).getFirst().getId();
          default -> null;
        };
    return value == null ? null : value.toString();
  }

  /** A backup as if it had been made so many milliseconds before. */
  static byte[] earlier(byte[] file, long millis) throws IOException {
    StringBuilder lines = new StringBuilder();
    List<String> all = new String(file, StandardCharsets.UTF_8).lines().toList();
    for (String line : all.subList(0, all.size() - 1)) {
      ObjectNode row = (ObjectNode) JSON.readTree(line);
      if (row.has("at")) {
        row.put("at", Instant.parse(row.path("at").asText()).minusMillis(millis).toString());
      }
      if (row.has("expires_at")) {
        row.put("expires_at", row.path("expires_at").asLong() - millis);
      }
      lines.append(row).append('\n');
    }
    String hash =
        HexFormat.of()
            .formatHex(Hash.sha256().digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
    Map<String, Object> end = Map.of("keys", all.size() - 2, "sha256", hash);
    return (lines + JSON.writeValueAsString(end) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
