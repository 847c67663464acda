package dev.serai.redis.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes backups of all keys for the job {@code redis-backup}: first into a file, which is read
 * once before the bucket gets it.
 */
public final class BackupFolder {

  private static final Logger log = LoggerFactory.getLogger(BackupFolder.class);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** No run lasts as long: what is older was left by one that was killed. */
  private static final Duration LEFT_OVER = Duration.ofDays(1);

  private final Backups backups;
  private final Path folder;
  private final Clock clock;

  BackupFolder(Backups backups, Path folder, Clock clock) {
    this.backups = backups;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Begins to write what is in Redis now; its file is gone when the exchange ends.
   *
   * @throws BackupFolderException when the folder can't be written
   */
  public BackupDraft begin(Exchange exchange) {
    BackupDraft draft = new BackupDraft(backups, unfinished());
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange ended) {
                close(draft);
              }
            });
    return draft;
  }

  private static void close(BackupDraft draft) {
    try {
      draft.close();
    } catch (IOException e) {
      log.warn("The file of a backup stays for a day: {}", e.getMessage());
    }
  }

  /**
   * Writes some thousand keys.
   *
   * @return whether there are others
   * @throws io.lettuce.core.RedisException when Redis can't be reached, or refuses
   */
  public boolean step(BackupDraft draft) throws IOException {
    return draft.step();
  }

  /** Ends it: all of it is on the disk and was read. */
  public Written finish(BackupDraft draft) throws IOException {
    return draft.finish();
  }

  /** The bytes of one that has ended. */
  public InputStream bytes(BackupDraft draft) throws IOException {
    return draft.bytes();
  }

  /**
   * Looks whether the bucket has all of it.
   *
   * @param receipt what the bucket says: size
   */
  public void stored(Written written, String receipt) throws IOException {
    long size = JSON.readTree(receipt).path("size").asLong(-1);
    if (size != written.bytes()) {
      throw new IOException(
          "The bucket has %s bytes of the backup, and not %s".formatted(size, written.bytes()));
    }
  }

  private Path unfinished() {
    try {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> found =
          Files.newDirectoryStream(folder, "*" + PrivateFile.TEMPORARY)) {
        for (Path left : found) {
          Instant written = Files.getLastModifiedTime(left).toInstant();
          if (written.isBefore(clock.instant().minus(LEFT_OVER))) {
            Files.deleteIfExists(left);
          }
        }
      }
      return PrivateFile.temporary(folder, "backup-");
    } catch (IOException e) {
      throw new BackupFolderException(folder, e);
    }
  }

  /**
   * A backup that was read once. As text: what a run tells of it.
   *
   * @param bytes its size
   * @param keys how many keys it has
   * @param at when it was begun
   * @param redis the version of the Redis that it is of
   */
  public record Written(long bytes, long keys, String at, String redis) {
    @Override
    public String toString() {
      return "%s keys, %s bytes".formatted(keys, bytes);
    }
  }
}
