package dev.serai.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Rows of a table, compressed while they are read: as many as a part may have. */
final class PartStream extends InputStream {

  private static final int ROOM = 1 << 16;

  private final TableRows rows;
  private final long most;
  private final Pace pace;
  private final MessageDigest hash = RowSum.sha256();
  private final Pending pending = new Pending();
  private final GZIPOutputStream zip;
  private long read;
  private long bytes;
  private boolean rowEnds = true;
  private boolean ended;

  PartStream(TableRows rows, long most, Pace pace) throws IOException {
    this.pace = pace;
    this.rows = rows;
    this.most = most;
    this.zip =
        new GZIPOutputStream(pending, ROOM) {
          {
            def.setLevel(Deflater.BEST_SPEED); // the processor is wanted elsewhere
          }
        };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    while (pending.isEmpty() && !ended) {
      fill();
    }
    int given = pending.give(to, from, length);
    if (given > 0) {
      hash.update(to, from, given);
      bytes += given;
    }
    return given == 0 && length > 0 ? -1 : given;
  }

  private void fill() throws IOException {
    long began = System.nanoTime();
    try {
      while (pending.isEmpty() && (rows.hasNext() && (read < most || !rowEnds))) {
        byte[] piece = rows.next();
        rowEnds = TableRows.isEnd(piece);
        zip.write(piece);
        read += piece.length;
      }
      if (pending.isEmpty()) {
        zip.finish();
        ended = true;
      }
    } catch (SQLException e) {
      throw new IOException("The rows can't be read: " + e.getMessage(), e);
    }
    pace.worked(System.nanoTime() - began);
  }

  /** Whether it was read to its end. */
  boolean isRead() {
    return ended && pending.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  /** Of all bytes that were read; asked for once. */
  String sha256() {
    return HexFormat.of().formatHex(hash.digest());
  }

  /** What is compressed and not read yet. */
  private static final class Pending extends OutputStream {
    private byte[] buffer = new byte[2 * ROOM];
    private int from;
    private int to;

    boolean isEmpty() {
      return from == to;
    }

    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int start, int length) {
      if (to + length > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, to + length));
      }
      System.arraycopy(bytes, start, buffer, to, length);
      to += length;
    }

    int give(byte[] target, int start, int length) {
      int given = Math.min(length, to - from);
      System.arraycopy(buffer, from, target, start, given);
      from += given;
      if (from == to) {
        from = 0;
        to = 0;
      }
      return given;
    }
  }
}
