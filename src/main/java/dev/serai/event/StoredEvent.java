package dev.serai.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An event of the log as it is matched against subscriptions: without its body.
 *
 * @param erased whether it has none any more
 */
record StoredEvent(UUID id, NewEvent event, boolean erased) {

  static final String COLUMNS =
      "e.id, e.source, e.type, e.key, e.subject, e.workspace, e.time, e.content_type, e.hops,"
          + " e.verified_by,"
          + " e.sensitive, e.erased_at is not null as erased";

  static StoredEvent read(ResultSet row, int number) throws SQLException {
    return new StoredEvent(
        row.getObject("id", UUID.class),
        new NewEvent(
            row.getString("source"),
            row.getString("type"),
            row.getString("key"),
            row.getString("subject"),
            row.getString("workspace"),
            Times.instant(row, "time"),
            row.getString("content_type"),
            new byte[0],
            null,
            row.getString("verified_by"),
            null,
            row.getInt("hops"),
            null,
            row.getBoolean("sensitive"),
            0),
        row.getBoolean("erased"));
  }

  /** The key of its delivery to a subscription; its body is read if that needs it. */
  @Nullable String orderKey(Subscription subscription, JdbcClient jdbc) {
    return OrderKey.of(
        subscription,
        event,
        id,
        () ->
            jdbc.sql("select body from serai.event where id = :id")
                .param("id", id)
                .query(byte[].class)
                .single());
  }

  /**
   * The same, if it can be delivered again.
   *
   * @throws SensitiveBodyException when it can't
   */
  StoredEvent notErased() {
    if (erased) {
      throw new SensitiveBodyException(
          SensitiveBodyException.Reason.ERASED,
          "The body of this sensitive event was erased; it can't be delivered again");
    }
    return this;
  }

  /** The same event with another body, key and verification. */
  NewEvent edited(String key, byte[] body, @Nullable String verifiedBy) {
    return new NewEvent(
        event.source(),
        event.type(),
        key,
        event.subject(),
        event.workspace(),
        event.time(),
        event.contentType(),
        body,
        null,
        verifiedBy,
        id,
        event.hops(),
        null,
        event.sensitive(),
        0);
  }
}
