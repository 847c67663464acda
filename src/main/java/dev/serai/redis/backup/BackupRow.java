package dev.serai.redis.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A line of a backup: its head, a key, or its end.
 *
 * @param format of the head: what the file is
 * @param version of the head: of the format
 * @param redis of the head: version of the Redis it is of
 * @param pattern of the head: which keys
 * @param at of the head: when it was begun
 * @param key of a key: its name behind the hub's prefix
 * @param type of a key: string, hash, list, set, zset, stream
 * @param expiresAt of a key: when it expires, in milliseconds since the epoch; null for never
 * @param dump of a key: what DUMP said, in base64
 * @param keys of the end: how many there were
 * @param sha256 of the end: of all bytes before its line
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BackupRow(
    @Nullable String format,
    @Nullable Integer version,
    @Nullable String redis,
    @Nullable String pattern,
    @Nullable String at,
    @Nullable String key,
    @Nullable String type,
    @JsonProperty("expires_at") @Nullable Long expiresAt,
    byte @Nullable [] dump,
    @Nullable Long keys,
    @Nullable String sha256) {

  static final String FORMAT = "serai-redis-backup";
  static final int VERSION = 1;

  static BackupRow head(String redis, String pattern, String at) {
    return new BackupRow(FORMAT, VERSION, redis, pattern, at, null, null, null, null, null, null);
  }

  static BackupRow of(String key, String type, @Nullable Long expiresAt, byte[] dump) {
    return new BackupRow(null, null, null, null, null, key, type, expiresAt, dump, null, null);
  }

  static BackupRow end(long keys, String sha256) {
    return new BackupRow(null, null, null, null, null, null, null, null, null, keys, sha256);
  }
}
