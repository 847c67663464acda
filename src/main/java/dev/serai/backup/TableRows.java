package dev.serai.backup;

import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/**
 * The rows of a table, as COPY tells them, one piece after the other; never more than one in
 * memory.
 */
final class TableRows implements AutoCloseable {

  private final CopyOut copy;
  private final RowSum sum = new RowSum();
  private byte @Nullable [] next;

  TableRows(Connection connection, String table, List<String> columns) throws SQLException {
    copy = Sql.copies(connection).copyOut(TableInfo.copyOut(table, columns));
    next = copy.readFromCopy();
  }

  boolean hasNext() {
    return next != null;
  }

  /** A row and its end, or a piece of a row. */
  byte[] next() throws SQLException, InterruptedIOException {
    byte[] piece = next;
    if (piece == null) {
      throw new IllegalStateException("There are no more rows");
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("The backup was interrupted");
    }
    next = copy.readFromCopy();
    sum.part(piece, 0, piece.length);
    if (isEnd(piece)) {
      sum.row();
    }
    return piece;
  }

  /** In text a line break is always the end of a row. */
  static boolean isEnd(byte[] piece) {
    return piece.length > 0 && piece[piece.length - 1] == '\n';
  }

  RowSum sum() {
    return sum;
  }

  /** Reads what is left. */
  RowSum toEnd() throws SQLException, InterruptedIOException {
    while (hasNext()) {
      next();
    }
    return sum;
  }

  @Override
  public void close() throws SQLException {
    if (copy.isActive()) {
      copy.cancelCopy();
    }
  }
}
