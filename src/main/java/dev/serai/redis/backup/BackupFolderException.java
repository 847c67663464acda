package dev.serai.redis.backup;

import java.io.IOException;
import java.nio.file.Path;

/** Backups have no place; nothing was read or written. */
public final class BackupFolderException extends RuntimeException {

  BackupFolderException(Path folder, IOException cause) {
    super(
        "Backups can't be written to %s (%s); the folder must be one that the hub may write, see serai.data.dir"
            .formatted(folder, cause),
        cause);
  }
}
