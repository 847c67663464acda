package dev.serai.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of the log, with CloudEvents' attributes and the hub's own.
 *
 * @param hops how many events lie between this one and the first of its chain
 * @param sensitive whether its body is to be seen by its handler alone
 */
public record Event(
    UUID id,
    String source,
    String type,
    @Nullable String subject,
    @Nullable String workspace,
    Instant time,
    Instant receivedAt,
    String contentType,
    String key,
    @Nullable UUID causationId,
    int hops,
    byte[] body,
    boolean sensitive) {

  /**
   * Reads one whose columns go by their names in the tables, but for {@code event_id}.
   *
   * @param body as its handler may see it
   */
  public static Event of(ResultSet row, byte[] body) throws SQLException {
    return new Event(
        row.getObject("event_id", UUID.class),
        row.getString("source"),
        row.getString("type"),
        row.getString("subject"),
        row.getString("workspace"),
        Times.instant(row, "time"),
        Times.instant(row, "received_at"),
        row.getString("content_type"),
        row.getString("key"),
        row.getObject("causation_id", UUID.class),
        row.getInt("hops"),
        body,
        row.getBoolean("sensitive"));
  }
}
