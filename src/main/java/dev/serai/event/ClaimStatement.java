package dev.serai.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Claims a group of deliveries in one statement, and decrypts what is sensitive. */
final class ClaimStatement {

  private static final String SQL = "select * from serai.claim_4(?, ?, ?, ?)";

  private static final String ORDERED = "select * from serai.claim_ordered_2(?, ?, ?, ?, ?, ?)";

  private static final String PLACED =
      "select * from serai.claim_placed_2(?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String PARK = "select serai.park_1(?, ?, ?, ?)";

  private final SensitiveBodies bodies;

  ClaimStatement(SensitiveBodies bodies) {
    this.bodies = bodies;
  }

  List<Claimed> execute(
      Connection connection,
      int node,
      int subscriptionId,
      Ordering order,
      @Nullable Places places,
      List<UUID> eventIds,
      Instant now)
      throws SQLException {
    String[] sorted = eventIds.stream().map(UUID::toString).sorted().toArray(String[]::new);
    Array events = connection.createArrayOf("text", sorted);
    String sql = places != null ? PLACED : order.isSet() ? ORDERED : SQL;
    try (PreparedStatement claim = connection.prepareStatement(sql)) {
      claim.setInt(1, node);
      claim.setInt(2, subscriptionId);
      claim.setArray(3, events);
      claim.setLong(4, Times.micros(now));
      if (order.isSet()) {
        claim.setInt(5, order.keyConcurrency());
        claim.setBoolean(6, order.deadHolds());
      } else if (places != null) {
        claim.setNull(5, Types.INTEGER);
        claim.setBoolean(6, false);
      }
      if (places != null) {
        claim.setString(7, places.group());
        claim.setInt(8, places.places());
        claim.setInt(9, places.workspacePlaces());
      }
      List<Claimed> claimed = claimed(claim, subscriptionId, sorted.length);
      if (order.onDead() == Ordering.OnDead.PARK && claimed.size() < sorted.length) {
        park(connection, subscriptionId, events, now);
      }
      return claimed;
    }
  }

  private List<Claimed> claimed(PreparedStatement claim, int subscriptionId, int most)
      throws SQLException {
    List<Claimed> claimed = new ArrayList<>(most);
    try (ResultSet row = claim.executeQuery()) {
      while (row.next()) {
        claimed.add(claimed(row, subscriptionId));
      }
    }
    return claimed;
  }

  /** Puts aside what can't be claimed because a dead letter is before it. */
  private static void park(Connection connection, int subscriptionId, Array events, Instant now)
      throws SQLException {
    try (PreparedStatement park = connection.prepareStatement(PARK)) {
      park.setInt(1, subscriptionId);
      park.setArray(2, events);
      park.setLong(3, Times.micros(now));
      park.setInt(4, AgedRows.STEP);
      park.execute();
    }
  }

  private Claimed claimed(ResultSet row, int subscriptionId) throws SQLException {
    byte[] body = row.getBytes("body");
    @Nullable SensitiveBodyException unreadable = null;
    if (row.getBoolean("sensitive")) {
      try {
        body = bodies.open(row.getObject("event_id", UUID.class), body);
      } catch (SensitiveBodyException e) {
        body = new byte[0];
        unreadable = e;
      }
    }
    return new Claimed(
        Event.of(row, body),
        subscriptionId,
        row.getInt("attempts"),
        row.getInt("replays"),
        row.getBoolean("low"),
        row.getInt("token"),
        row.getString("trace"),
        unreadable);
  }
}
