package dev.serai.backup;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.copy.CopyIn;

/** A table that is being filled, from one part after the other. */
final class TableFilling implements PartReader.Rows {

  private final Manifest.Table table;
  private final CopyIn copy;
  private long rows;

  TableFilling(Connection connection, Manifest.Table table) throws SQLException {
    this.table = table;
    this.copy = Sql.copies(connection).copyIn(TableInfo.copyIn(table.name(), table.columns()));
  }

  boolean isOf(Manifest.Table other) {
    return table == other;
  }

  @Override
  public void write(byte[] bytes, int length) throws SQLException {
    copy.writeToCopy(bytes, 0, length);
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        rows++;
      }
    }
  }

  long rows() {
    return rows;
  }

  /** Returns how many rows it has. */
  long end() throws SQLException {
    return copy.endCopy();
  }
}
