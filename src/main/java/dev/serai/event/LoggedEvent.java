package dev.serai.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event with all that the log has of it, as it is kept elsewhere and brought back.
 *
 * @param verifiedBy fingerprint of the secret that verified it
 * @param signature the headers that prove its body, as a JSON object
 * @param conflict whether it contradicted an event of its key
 * @param erasedAt when its body and subject were erased, or null if they are there
 */
public record LoggedEvent(
    UUID id,
    String source,
    String type,
    String key,
    @Nullable String subject,
    @Nullable String workspace,
    Instant time,
    Instant receivedAt,
    String contentType,
    @Nullable String verifiedBy,
    @Nullable UUID causationId,
    int hops,
    @Nullable String signature,
    boolean conflict,
    @Nullable Instant erasedAt,
    byte[] body) {

  static final String COLUMNS =
      "e.id, e.source, e.type, e.key, e.subject, e.workspace, e.time, e.received_at,"
          + " e.content_type, e.verified_by, e.causation_id, e.hops, e.signature, e.conflict,"
          + " e.erased_at, e.body";

  static LoggedEvent read(ResultSet row, int number) throws SQLException {
    return new LoggedEvent(
        row.getObject("id", UUID.class),
        row.getString("source"),
        row.getString("type"),
        row.getString("key"),
        row.getString("subject"),
        row.getString("workspace"),
        Times.instant(row, "time"),
        Times.instant(row, "received_at"),
        row.getString("content_type"),
        row.getString("verified_by"),
        row.getObject("causation_id", UUID.class),
        row.getInt("hops"),
        row.getString("signature"),
        row.getBoolean("conflict"),
        Times.instantOrNull(row, "erased_at"),
        row.getBytes("body"));
  }

  /** The same without what tells of whom it is; its key stays, so that a copy is known as one. */
  public LoggedEvent erased(Instant at) {
    return new LoggedEvent(
        id,
        source,
        type,
        key,
        null,
        workspace,
        time,
        receivedAt,
        contentType,
        verifiedBy,
        causationId,
        hops,
        null,
        conflict,
        at,
        new byte[0]);
  }

  /** As it is matched against subscriptions. */
  NewEvent event() {
    return new NewEvent(
        source,
        type,
        key,
        subject,
        workspace,
        time,
        contentType,
        body,
        null,
        verifiedBy,
        causationId,
        hops,
        null);
  }
}
