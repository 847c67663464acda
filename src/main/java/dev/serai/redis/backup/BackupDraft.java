package dev.serai.redis.backup;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A backup that is under way, in a file of its own. As text: how far it is. */
public final class BackupDraft implements AutoCloseable {

  private static final int PAGES_OF_A_STEP = 50;

  private final Backups backups;
  private final Path file;
  private Backups.@Nullable Running backup;
  private @Nullable FileChannel channel;
  private @Nullable BackupSteps steps;
  private long about;

  BackupDraft(Backups backups, Path file) {
    this.backups = backups;
    this.file = file;
  }

  /** Writes some thousand keys; whether there are others. */
  boolean step() throws IOException {
    BackupSteps now = steps == null ? open() : steps;
    boolean more = true;
    for (int i = 0; more && i < PAGES_OF_A_STEP; i++) {
      more = now.next();
    }
    return more;
  }

  private BackupSteps open() throws IOException {
    Backups.Running reading = backups.begin(backups.selection("*", null));
    backup = reading;
    about = reading.about();
    FileChannel writing = FileChannel.open(file, StandardOpenOption.WRITE);
    channel = writing;
    BackupSteps opened =
        reading.steps(new BufferedOutputStream(Channels.newOutputStream(writing), 1 << 16));
    steps = opened;
    return opened;
  }

  /** What it has, once all of it is on the disk and was read. */
  BackupFolder.Written finish() throws IOException {
    if (steps == null || channel == null) {
      throw new IllegalStateException("Nothing was read yet");
    }
    long keys = steps.end();
    channel.force(true);
    BackupRow head = BackupFile.verified(file).head();
    return new BackupFolder.Written(
        Files.size(file), keys, String.valueOf(head.at()), String.valueOf(head.redis()));
  }

  /** Its bytes; whoever takes them closes them. */
  InputStream bytes() throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
  }

  /** About how far it is, in per cent: Redis may have keys of others. */
  public long percent() {
    return steps == null ? 0 : Math.min(99, 100 * steps.keys() / Math.max(1, about));
  }

  /** The bucket has it by then, or it is none. */
  @Override
  public void close() throws IOException {
    try (Backups.Running reading = backup;
        FileChannel writing = channel) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public String toString() {
    return (steps == null ? 0 : steps.keys()) + " keys read";
  }
}
