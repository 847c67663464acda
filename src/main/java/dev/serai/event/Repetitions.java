package dev.serai.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Judges an event whose key is known: a copy is counted on the original; a body that contradicts
 * the original is kept beside it, once, and not delivered.
 */
final class Repetitions {

  private static final String HOLDER =
      """
      select k.event_id, e.body, e.sensitive, e.verified_by like 'recovered:%' from serai.event_key k left join serai.event e on e.id = k.event_id
      where k.source = ? and k.key = ?
      """;

  private static final String COUNT =
      """
      update serai.event_key set duplicates = duplicates + ?, last_duplicate_at = ?
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
          content_type, body, verified_by, sensitive, conflict)
        select n.* from (values (?::uuid, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?::bytea,
          ?, nullif(?, false), true)) as n (id) join keyed on keyed.event_id = n.id
        returning id, received_at, sensitive
      ), erased_later as (
        insert into serai.erasure (event_id, needed_at)
        select id, received_at from kept where sensitive
      )
      select event_id from keyed
      """;

  private final EventIds ids;
  private final SensitiveBodies bodies;
  private final Clock clock;

  Repetitions(EventIds ids, SensitiveBodies bodies, Clock clock) {
    this.ids = ids;
    this.bodies = bodies;
    this.clock = clock;
  }

  /**
   * The receipts of events in their order.
   *
   * @param fresh the ids of those that are in the log; all others are judged
   */
  List<Receipt> receipts(Connection connection, List<AppendRow> rows, Set<UUID> fresh)
      throws SQLException {
    Map<UUID, Receipt> receipts = HashMap.newHashMap(rows.size());
    Map<SourceKey, List<AppendRow>> repeated = new HashMap<>();
    for (AppendRow row : rows) {
      if (fresh.contains(row.id())) {
        receipts.put(row.id(), new Receipt(row.id(), Receipt.Status.ACCEPTED));
      } else {
        repeated.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row);
      }
    }
    for (List<AppendRow> sameKey : repeated.values()) {
      List<Receipt> judged = judge(connection, sameKey.stream().map(AppendRow::event).toList());
      for (int i = 0; i < judged.size(); i++) {
        receipts.put(sameKey.get(i).id(), judged.get(i));
      }
    }
    return rows.stream().map(row -> receipts.get(row.id())).toList();
  }

  /** Judges events of one known key together: many copies at once cost one count, not one each. */
  private List<Receipt> judge(Connection connection, List<NewEvent> events) throws SQLException {
    Holder holder = holder(connection, events.getFirst());
    List<Receipt> receipts = new ArrayList<>(events.size());
    int copies = 0;
    for (NewEvent event : events) {
      boolean copy =
          event.sameBody() == null
              || holder.body == null
              || event.sameBody().test(holder.body, event.body());
      copies += copy ? 1 : 0;
      receipts.add(
          copy
              ? new Receipt(holder.eventId, Receipt.Status.DUPLICATE)
              : new Receipt(keepConflict(connection, event), Receipt.Status.CONFLICT));
    }
    if (copies > 0) {
      count(connection, events.getFirst(), copies);
    }
    return receipts;
  }

  private Holder holder(Connection connection, NewEvent event) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HOLDER)) {
      statement.setString(1, event.source());
      statement.setString(2, event.key());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          // Its window ended between the two statements; the sender's next attempt is a new event.
          throw new SQLException("The key of a repeated event has just expired");
        }
        UUID id = row.getObject(1, UUID.class);
        byte[] stored = row.getBytes(2);
        if (row.getBoolean(4)) {
          // A provider's list may write an event otherwise than its webhook does.
          return new Holder(id, null);
        }
        // Where there is nothing to compare with any more, a repetition counts as a copy.
        return new Holder(id, row.getBoolean(3) ? bodies.opened(id, stored).orElse(null) : stored);
      }
    }
  }

  private void count(Connection connection, NewEvent event, int copies) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT)) {
      statement.setInt(1, copies);
      statement.setObject(2, Times.utc(clock.instant()));
      statement.setString(3, event.source());
      statement.setString(4, event.key());
      statement.executeUpdate();
    }
  }

  private UUID keepConflict(Connection connection, NewEvent event) throws SQLException {
    UUID id = ids.next();
    String hash = HexFormat.of().formatHex(Sha256.of(event.body()));
    // The body is part of the key, so that its own copies are not kept again.
    String key = event.key() + "~" + hash.substring(0, NewEvent.MAX_KEY_SUFFIX - 1);
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
      statement.setBytes(++i, AppendRow.of(id, event, bodies).stored());
      statement.setString(++i, event.verifiedBy());
      statement.setBoolean(++i, event.sensitive());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class);
      }
    }
  }

  private record Holder(UUID eventId, byte @Nullable [] body) {}
}
