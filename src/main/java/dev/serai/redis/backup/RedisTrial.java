package dev.serai.redis.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.redis.Keys;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * Restores every key of a backup under another name, one after the other, each for a moment: there
 * is never more than one of them in Redis, however large the backup is.
 */
public final class RedisTrial {

  /** Should the hub die meanwhile. */
  private static final long A_MINUTE = 60_000;

  private final RawRedis redis;
  private final Keys keys;
  private final Path directory;

  RedisTrial(RawRedis redis, Keys keys, Path directory) {
    this.redis = redis;
    this.keys = keys;
    this.directory = directory;
  }

  /**
   * Verifies the backup that is the body.
   *
   * @return how many keys were right
   * @throws BrokenBackupException when it is not whole, or Redis refuses a value
   */
  public long verify(Exchange exchange) throws IOException {
    try (InputStream body =
        Objects.requireNonNull(exchange.getMessage().getBody(InputStream.class), "the backup")) {
      return verify(body);
    }
  }

  long verify(InputStream backup) throws IOException {
    Files.createDirectories(directory);
    Path file = PrivateFile.temporary(directory, "redis-verify-");
    try (StatefulRedisConnection<byte[], byte[]> connection = redis.connect()) {
      Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
      byte[] name = keys.store("backup-verify-" + UUID.randomUUID()).getBytes(UTF_8);
      long[] right = new long[1];
      BackupFile.verified(file)
          .each(
              row -> {
                tryOne(connection.sync(), name, row);
                right[0]++;
              });
      return right[0];
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static void tryOne(RedisCommands<byte[], byte[]> commands, byte[] name, BackupRow row)
      throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("The verification was interrupted");
    }
    try {
      commands.restore(
          name, Objects.requireNonNull(row.dump()), new RestoreArgs().ttl(A_MINUTE).replace());
      String type = commands.type(name);
      byte[] dump = commands.dump(name);
      if (!type.equals(row.type())) {
        throw new BrokenBackupException(
            "key '%s' was a %s and is restored as %s".formatted(row.key(), row.type(), type));
      }
      // The order of a set's elements may differ, and so the bytes, but not what a string has.
      if (type.equals("string") && !Arrays.equals(dump, row.dump())) {
        throw new BrokenBackupException("key '%s' is not what it was".formatted(row.key()));
      }
    } catch (RedisCommandExecutionException e) {
      throw new BrokenBackupException(
          "Redis refuses the value of key '%s' (%s)".formatted(row.key(), e.getMessage()), e);
    } finally {
      commands.unlink(name);
    }
  }
}
