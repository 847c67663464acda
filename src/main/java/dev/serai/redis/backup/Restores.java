package dev.serai.redis.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.redis.Keys;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/** Brings keys back from a backup, after all of it was looked at. */
public final class Restores {

  private final RawRedis redis;
  private final Keys keys;
  private final Path directory;
  private final Clock clock;

  Restores(RawRedis redis, Keys keys, Path directory, Clock clock) {
    this.redis = redis;
    this.keys = keys;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Restores.
   *
   * @param backup its bytes; they are kept in a file until it is done
   * @throws BrokenBackupException when it is not whole; nothing was written
   * @throws ExistingKeyException when it must not be and a key is there; nothing was written
   * @throws io.lettuce.core.RedisException when Redis can't be reached
   */
  public Restored restore(InputStream backup, Restoring how) throws IOException {
    Files.createDirectories(directory);
    Path file = PrivateFile.temporary(directory, "redis-restore-");
    try {
      Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
      return restore(BackupFile.verified(file), how);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Restored restore(BackupFile file, Restoring how) throws IOException {
    try (StatefulRedisConnection<byte[], byte[]> connection = redis.connect()) {
      Restoration restoration = new Restoration(connection, how, takenAt(file), clock.instant());
      if (how.mode() == Restoring.Mode.REFUSE) {
        file.each(restoration::refuseExisting);
      }
      file.each(how.dryRun() ? restoration::look : restoration::write);
      return restoration.result();
    }
  }

  private static Instant takenAt(BackupFile file) {
    try {
      return Instant.parse(Objects.requireNonNull(file.head().at()));
    } catch (RuntimeException e) {
      throw new BrokenBackupException("it does not say when it was made", e);
    }
  }

  /**
   * What became of a restoration.
   *
   * @param keys keys in the backup
   * @param restored those that were written, or would be
   * @param existing those that were there already and stayed as they were
   * @param expired those whose time is over
   * @param others those that were not asked for
   */
  public record Restored(long keys, long restored, long existing, long expired, long others) {}

  private final class Restoration {
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Restoring how;
    private final long later;
    private final long now;
    private long keysSeen;
    private long restored;
    private long existing;
    private long expired;
    private long others;

    private Restoration(
        StatefulRedisConnection<byte[], byte[]> connection,
        Restoring how,
        Instant takenAt,
        Instant now) {
      this.connection = connection;
      this.how = how;
      this.now = now.toEpochMilli();
      this.later = how.renewed() ? this.now - takenAt.toEpochMilli() : 0;
    }

    private byte[] name(String key) {
      return (keys.prefix() + key).getBytes(UTF_8);
    }

    void refuseExisting(BackupRow row) {
      how.renaming()
          .name(Objects.requireNonNull(row.key()))
          .filter(name -> connection.sync().exists(name(name)) > 0)
          .ifPresent(
              name -> {
                throw new ExistingKeyException(keys.prefix() + name);
              });
    }

    void look(BackupRow row) {
      if (isWanted(row)) {
        byte[] name = name(how.renaming().name(Objects.requireNonNull(row.key())).orElseThrow());
        if (how.mode() == Restoring.Mode.SKIP && connection.sync().exists(name) > 0) {
          existing++;
        } else {
          restored++;
        }
      }
    }

    void write(BackupRow row) {
      if (!isWanted(row)) {
        return;
      }
      byte[] name = name(how.renaming().name(Objects.requireNonNull(row.key())).orElseThrow());
      RestoreArgs args = new RestoreArgs();
      if (how.mode() == Restoring.Mode.REPLACE) {
        args.replace();
      }
      if (row.expiresAt() != null) {
        args.ttl(row.expiresAt() + later).absttl();
      }
      try {
        connection.sync().restore(name, Objects.requireNonNull(row.dump()), args);
        restored++;
      } catch (RedisBusyException there) {
        existing++;
      } catch (RedisCommandExecutionException e) {
        throw new BrokenBackupException(
            "Redis refuses the value of key '%s' (%s); %s were restored. The backup is of Redis %s"
                .formatted(row.key(), e.getMessage(), restored, row.redis()),
            e);
      }
    }

    private boolean isWanted(BackupRow row) {
      keysSeen++;
      if (how.renaming().name(Objects.requireNonNull(row.key())).isEmpty()) {
        others++;
        return false;
      }
      if (row.expiresAt() != null && row.expiresAt() + later <= now) {
        expired++;
        return false;
      }
      return true;
    }

    Restored result() {
      return new Restored(keysSeen, restored, existing, expired, others);
    }
  }
}
