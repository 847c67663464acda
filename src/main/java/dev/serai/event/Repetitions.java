package dev.serai.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges an event whose key is known: a copy is counted on the original; a body that contradicts
 * the original is kept beside it, once, and not delivered.
 */
final class Repetitions {

  private static final String HOLDER =
      """
      select k.event_id, e.body from serai.event_key k left join serai.event e on e.id = k.event_id
      where k.source = ? and k.key = ?
      """;

  private static final String COUNT =
      """
      update serai.event_key set duplicates = duplicates + 1, last_duplicate_at = ?
      where source = ? and key = ?
      """;

  private static final String KEEP_CONFLICT =
      """
      with keyed as (
        insert into serai.event_key as k (source, key, event_id) values (?, ?, ?)
        on conflict (source, key) do update set duplicates = k.duplicates + 1
        returning event_id
      ), kept as (
        insert into serai.event (id, source, type, key, subject, workspace, time, received_at,
          content_type, body, verified_by, conflict)
        select n.* from (values (?::uuid, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?::bytea,
          ?, true)) as n (id) join keyed on keyed.event_id = n.id
      )
      select event_id from keyed
      """;

  private final EventIds ids;
  private final Clock clock;

  Repetitions(EventIds ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  Receipt receipt(Connection connection, NewEvent event) throws SQLException {
    Holder holder = holder(connection, event);
    boolean copy =
        event.sameBody() == null
            || holder.body == null
            || event.sameBody().test(holder.body, event.body());
    if (!copy) {
      return new Receipt(keepConflict(connection, event), Receipt.Status.CONFLICT);
    }
    count(connection, event);
    return new Receipt(holder.eventId, Receipt.Status.DUPLICATE);
  }

  private static Holder holder(Connection connection, NewEvent event) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
      statement.setString(1, event.source());
      statement.setString(2, event.key());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          // Its window ended between the two statements; the sender's next attempt is a new event.
          throw new SQLException("The key of a repeated event has just expired");
        }
        return new Holder(row.getObject(1, UUID.class), row.getBytes(2));
      }
    }
  }

  private void count(Connection connection, NewEvent event) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setObject(1, Times.utc(clock.instant()));
      statement.setString(2, event.source());
      statement.setString(3, event.key());
      statement.executeUpdate();
    }
  }

  private UUID keepConflict(Connection connection, NewEvent event) throws SQLException {
    UUID id = ids.next();
    // The body is part of the key, so that its own copies are not kept again.
    String key = event.key() + "~" + sha256(event.body()).substring(0, NewEvent.MAX_KEY_SUFFIX - 1);
    try (PreparedStatement statement = connection.prepareStatement(KEEP_CONFLICT)) {
      int i = 0;
      statement.setString(++i, event.source());
      statement.setString(++i, key);
      statement.setObject(++i, id);
      statement.setObject(++i, id);
      statement.setString(++i, event.source());
      statement.setString(++i, event.type());
      statement.setString(++i, key);
      statement.setString(++i, event.subject());
      statement.setString(++i, event.workspace());
      statement.setObject(++i, Times.utc(event.time()));
      statement.setObject(++i, Times.utc(clock.instant()));
      statement.setString(++i, event.contentType());
      statement.setBytes(++i, event.body());
      statement.setString(++i, event.verifiedBy());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class);
      }
    }
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Holder(UUID eventId, byte @Nullable [] body) {}
}
