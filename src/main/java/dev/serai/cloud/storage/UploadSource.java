package dev.serai.cloud.storage;

import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import dev.serai.cloud.storage.ObjectException.ObjectTooLargeException;
import java.io.IOException;
import java.util.Arrays;

/** The bytes of an upload, some at a time: added up, and no more of them than there may be. */
final class UploadSource {

  /** Cloud Storage takes multiples of 256 KB. */
  static final int CHUNK = 8 << 20;

  private static final int FIRST = 64 << 10;

  private final String bucket;
  private final Upload upload;
  private final Checksum checksum = new Checksum();
  private byte[] bytes = new byte[FIRST];
  private int length;
  private boolean ended;

  UploadSource(String bucket, Upload upload) {
    this.bucket = bucket;
    this.upload = upload;
  }

  /** Reads the next chunk; what the caller's stream throws is the caller's. */
  void next() throws IOException {
    length = 0;
    while (length < CHUNK) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(CHUNK, 4 * bytes.length));
      }
      int read = upload.in().read(bytes, length, bytes.length - length);
      if (read < 0) {
        ended = true;
        verify();
        return;
      }
      checksum.update(bytes, length, read);
      length += read;
      if (checksum.size() > upload.limit()) {
        throw new ObjectTooLargeException(bucket, upload);
      }
    }
  }

  private void verify() throws ObjectRefusedException {
    if (upload.crc32c() != null && !upload.crc32c().equals(crc32c())) {
      throw mismatch(upload.crc32c());
    }
  }

  /** That somebody else has added up the bytes to something else. */
  ObjectRefusedException mismatch(String other) {
    return new ObjectRefusedException(
        "The %s bytes for object '%s' have the CRC32C %s, not %s; nothing was stored"
            .formatted(checksum.size(), upload.name(), checksum, other));
  }

  byte[] bytes() {
    return bytes;
  }

  /** How many of the bytes are of this chunk. */
  int length() {
    return length;
  }

  /** How many bytes were before this chunk. */
  long offset() {
    return checksum.size() - length;
  }

  /** Whether this chunk is the last. */
  boolean ended() {
    return ended;
  }

  String crc32c() {
    return checksum.toString();
  }
}
