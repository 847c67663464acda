package dev.serai.cloud.storage;

import dev.serai.cloud.storage.ObjectException.ObjectCorruptException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an object; what differs from what was stored ends in an error, not in an end. Its
 * end closes it: a Kamelet does not hear when its caller is done. The file of a stream that nobody
 * reads to its end is closed when nobody has the stream any more.
 */
final class VerifiedStream extends FilterInputStream {

  private final StoredObject object;
  private final Checksum checksum = new Checksum();
  private boolean ended;

  VerifiedStream(InputStream in, StoredObject object) {
    super(in);
    this.object = object;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    int read = super.read(bytes, from, length);
    if (read > 0) {
      checksum.update(bytes, from, read);
    }
    if (read < 0 || checksum.size() >= object.size()) {
      // With the last bytes, not behind them: some readers stop there.
      end();
    }
    return read;
  }

  private void end() throws IOException {
    close();
    if (checksum.size() != object.size()) {
      String orMore = checksum.size() > object.size() ? " or more" : "";
      throw corrupt("has %s bytes%s, not %s".formatted(checksum.size(), orMore, object.size()));
    }
    if (!checksum.toString().equals(object.crc32c())) {
      throw corrupt("has the CRC32C %s, not %s".formatted(checksum, object.crc32c()));
    }
    ended = true;
  }

  private ObjectCorruptException corrupt(String what) {
    return new ObjectCorruptException(object.bucket(), object.name(), what);
  }

  /** Bytes that are passed over count, too. */
  @Override
  public long skip(long count) throws IOException {
    byte[] passed = new byte[(int) Math.min(Math.max(count, 0), 8192)];
    return Math.max(0, read(passed, 0, passed.length));
  }

  /** Who has read all of it may ask whether anything follows. */
  @Override
  public int available() throws IOException {
    return ended ? 0 : super.available();
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
