package dev.serai.cloud.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a stream, which ends, and is closed, behind them. */
final class PartStream extends FilterInputStream {

  private long left;

  PartStream(InputStream in, long length) {
    super(in);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    int read = left == 0 ? -1 : super.read(bytes, from, (int) Math.min(length, left));
    if (read < 0) {
      left = 0;
      close();
    }
    left -= Math.max(read, 0);
    return read;
  }

  /** Whoever asks behind the end asks a file that is closed. */
  @Override
  public int available() throws IOException {
    return left == 0 ? 0 : (int) Math.min(left, super.available());
  }

  /** Bytes that are passed over count, too. */
  @Override
  public long skip(long count) throws IOException {
    byte[] passed = new byte[(int) Math.min(Math.max(count, 0), 8192)];
    return Math.max(0, read(passed, 0, passed.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
