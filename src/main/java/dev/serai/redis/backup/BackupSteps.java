package dev.serai.redis.backup;

import io.lettuce.core.ScanCursor;
import java.io.IOException;

/** A backup that is written some hundred keys at a time. */
final class BackupSteps {

  private final Backups.Running backup;
  private final BackupWriter writer;
  private ScanCursor cursor = ScanCursor.INITIAL;

  BackupSteps(Backups.Running backup, BackupWriter writer) {
    this.backup = backup;
    this.writer = writer;
  }

  /** Whether there are others. */
  boolean next() throws IOException {
    cursor = backup.page(cursor, writer);
    return !cursor.isFinished();
  }

  long keys() {
    return writer.keys();
  }

  /** Writes the last line; returns how many keys there are. */
  long end() throws IOException {
    return writer.end();
  }
}
