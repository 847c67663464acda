package dev.serai.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;

/** Which dedupe keys the log holds, without counting a repetition on them. */
public final class KnownKeys {

  private static final String SELECT =
      "select key from serai.event_key where source = ? and key = any(?)";

  private final DataSource engine;

  public KnownKeys(DataSource engine) {
    this.engine = engine;
  }

  /**
   * Those of these keys of a source that are known.
   *
   * @throws StorageException when the log can't be read
   */
  public Set<String> of(String source, Collection<String> keys) {
    try (Connection connection = engine.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, source);
      select.setArray(2, connection.createArrayOf("text", keys.toArray()));
      Set<String> known = new HashSet<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getString(1));
        }
      }
      return known;
    } catch (SQLException e) {
      throw new StorageException("The event log can't be read", e);
    }
  }
}
