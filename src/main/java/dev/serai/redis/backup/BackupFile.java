package dev.serai.redis.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A backup that lies in a file: looked at from its first to its last byte before it is used. */
final class BackupFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Redis' values have at most half a gigabyte; in base64 that is a third more. */
  private static final int LONGEST_LINE = 800 << 20;

  private final Path file;
  private final BackupRow head;

  private BackupFile(Path file, BackupRow head) {
    this.file = file;
    this.head = head;
  }

  BackupRow head() {
    return head;
  }

  /**
   * Reads all of it once.
   *
   * @throws BrokenBackupException saying what is wrong with it
   */
  static BackupFile verified(Path file) throws IOException {
    MessageDigest hash = Hash.sha256();
    long keys = 0;
    BackupRow head = null;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      byte[] line = line(in);
      while (line != null) {
        BackupRow row = row(line);
        if (head == null) {
          head = checkedHead(row);
        } else if (row.sha256() != null) {
          checkEnd(row, keys, hash, in.read());
          return new BackupFile(file, head);
        } else {
          checkKey(row);
          keys++;
        }
        hash.update(line);
        hash.update((byte) '\n');
        line = line(in);
      }
    }
    throw new BrokenBackupException(
        "it ends after %s keys without the line that says that it is whole".formatted(keys));
  }

  private static BackupRow checkedHead(BackupRow row) {
    if (!BackupRow.FORMAT.equals(row.format())) {
      throw new BrokenBackupException("its first line is not that of a backup");
    }
    if (row.version() == null || row.version() != BackupRow.VERSION) {
      throw new BrokenBackupException(
          "its format is of version %s; this hub reads %s"
              .formatted(row.version(), BackupRow.VERSION));
    }
    return row;
  }

  private static void checkKey(BackupRow row) {
    if (row.key() == null || row.dump() == null) {
      throw new BrokenBackupException("a line has no key or no value");
    }
  }

  private static void checkEnd(BackupRow end, long keys, MessageDigest hash, int after) {
    if (!HexFormat.of().formatHex(hash.digest()).equals(end.sha256())) {
      throw new BrokenBackupException("its bytes are not those that were written (SHA-256)");
    }
    if (end.keys() == null || end.keys() != keys) {
      throw new BrokenBackupException(
          "it has %s keys and says that it had %s".formatted(keys, end.keys()));
    }
    if (after >= 0) {
      throw new BrokenBackupException("it goes on behind its end");
    }
  }

  /** Gives all keys, in the order of the file. */
  void each(RowTaker taker) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      line(in);
      byte[] line = line(in);
      while (line != null) {
        BackupRow row = row(line);
        if (row.sha256() != null) {
          return;
        }
        taker.take(row);
        line = line(in);
      }
    }
  }

  private static BackupRow row(byte[] line) {
    try {
      return JSON.readValue(line, BackupRow.class);
    } catch (IOException e) {
      throw new BrokenBackupException("a line is none of a backup", e);
    }
  }

  private static byte @Nullable [] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    int next = in.read();
    if (next < 0) {
      return null;
    }
    while (next >= 0 && next != '\n') {
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new BrokenBackupException("a line is longer than any value of Redis");
      }
      next = in.read();
    }
    if (next < 0) {
      throw new BrokenBackupException("its last line is cut off");
    }
    return line.toByteArray();
  }

  /** Takes one key after the other. */
  interface RowTaker {
    void take(BackupRow row) throws IOException;
  }
}
