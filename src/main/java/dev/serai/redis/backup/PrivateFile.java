package dev.serai.redis.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that nobody but its owner may read, from its beginning on: there are sessions in it. */
final class PrivateFile {

  /** What the names of temporary ones end with. */
  static final String TEMPORARY = ".tmp";

  private PrivateFile() {}

  /** An empty one with a name of its own. */
  static Path temporary(Path folder, String prefix) throws IOException {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.createTempFile(
            folder,
            prefix,
            TEMPORARY,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : Files.createTempFile(folder, prefix, TEMPORARY);
  }
}
