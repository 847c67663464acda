package dev.serai.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** Reads a part to its end and says whether its bytes are those that were written. */
final class PartReader {

  private static final int ROOM = 1 << 16;

  private PartReader() {}

  /**
   * Reads it.
   *
   * @throws UnusableBackupException naming it, when they are not
   */
  static void read(Manifest.Part part, InputStream object, Rows rows)
      throws IOException, SQLException {
    DigestInputStream hashed =
        new DigestInputStream(object, RowSum.sha256()) {
          /** Asked at the end, where the object may be closed. */
          @Override
          public int available() {
            return 0;
          }
        };
    try (InputStream closing = object) {
      unzip(hashed, rows);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new UnusableBackupException(
          "Part '%s' is damaged: %s".formatted(part.object(), e.getMessage()), e);
    } catch (SQLException e) {
      throw new SQLException(
          "Part '%s' can't be restored: %s".formatted(part.object(), e.getMessage()),
          e.getSQLState(),
          e);
    }
    String found = HexFormat.of().formatHex(hashed.getMessageDigest().digest());
    if (!found.equals(part.sha256())) {
      throw new UnusableBackupException(
          "Part '%s' is damaged: its SHA-256 is %s and was %s"
              .formatted(part.object(), found, part.sha256()));
    }
  }

  private static void unzip(InputStream in, Rows rows) throws IOException, SQLException {
    byte[] buffer = new byte[ROOM];
    try (GZIPInputStream zip = new GZIPInputStream(in, ROOM)) {
      int read = zip.read(buffer);
      while (read >= 0) {
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedIOException("The restoration was interrupted");
        }
        rows.write(buffer, read);
        read = zip.read(buffer);
      }
      in.transferTo(OutputStream.nullOutputStream()); // what no row is part of counts, too
    }
  }

  /** Takes what a part has. */
  interface Rows {
    void write(byte[] bytes, int length) throws SQLException;
  }
}
