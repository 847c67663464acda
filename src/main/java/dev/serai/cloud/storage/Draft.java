package dev.serai.cloud.storage;

import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import dev.serai.cloud.storage.ObjectException.ObjectTooLargeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of an object while it is uploaded: in a file that is nobody's yet. */
final class Draft implements AutoCloseable {

  static final String END = ".data";
  private static final int BUFFER = 64 * 1024;

  private final Path file;
  private final Checksum checksum = new Checksum();

  private Draft(Path file) {
    this.file = file;
  }

  /** Writes them onto the disk. */
  static Draft of(String bucket, Path drafts, Upload upload) throws IOException {
    Draft draft;
    try {
      Files.createDirectories(drafts);
      draft = new Draft(Files.createTempFile(drafts, "", END));
    } catch (IOException e) {
      throw new BucketUnavailableException(bucket, e);
    }
    try {
      draft.write(bucket, upload);
      draft.verify(upload);
      return draft;
    } catch (IOException | RuntimeException e) {
      draft.close();
      throw e;
    }
  }

  /** What the caller's stream throws is the caller's, and what the disk throws the bucket's. */
  private void write(String bucket, Upload upload) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (FileChannel channel = open(bucket)) {
      while (true) {
        int length = upload.in().read(buffer);
        if (length < 0) {
          break;
        }
        checksum.update(buffer, 0, length);
        if (checksum.size() > upload.limit()) {
          throw new ObjectTooLargeException(bucket, upload);
        }
        try {
          ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        } catch (IOException e) {
          throw new BucketUnavailableException(bucket, e);
        }
      }
      try {
        channel.force(true);
      } catch (IOException e) {
        throw new BucketUnavailableException(bucket, e);
      }
    }
  }

  private FileChannel open(String bucket) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new BucketUnavailableException(bucket, e);
    }
  }

  private void verify(Upload upload) throws ObjectRefusedException {
    String expected = upload.crc32c();
    if (expected != null && !expected.equals(checksum.toString())) {
      throw new ObjectRefusedException(
          "The %s bytes for object '%s' have the CRC32C %s, not %s; nothing was stored"
              .formatted(checksum.size(), upload.name(), checksum, expected));
    }
  }

  Path file() {
    return file;
  }

  long size() {
    return checksum.size();
  }

  String crc32c() {
    return checksum.toString();
  }

  /** What has become an object is no draft any more. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
