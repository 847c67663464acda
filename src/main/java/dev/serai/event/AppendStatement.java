package dev.serai.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * The append itself: keys, events and deliveries of a group in one call of {@code serai.append_4},
 * so in one round trip and one commit.
 */
final class AppendStatement {

  private static final String SQL =
      "select * from serai.append_4(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " ?)";

  private static final String ONE =
      "select serai.append_one_2(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /**
   * Appends a group on this connection; the caller commits.
   *
   * @param rows in the order of their sources and keys, no two with the same
   * @return the ids of those that are new, or null when {@code match} is out of date
   */
  @Nullable Set<UUID> execute(
      Connection connection,
      List<AppendRow> rows,
      List<NewDelivery> deliveries,
      Instant receivedAt,
      SubscriptionMatch match)
      throws SQLException {
    if (rows.size() == 1 && !isSpecial(rows.getFirst().event())) {
      return one(connection, rows.getFirst(), deliveries, receivedAt, match);
    }
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      var bind = new ArrayBinder(connection, statement);
      bind.number(match.version());
      bind.time(receivedAt);
      bind.ids(rows, AppendRow::id);
      bind.texts(rows, row -> row.event().source());
      bind.texts(rows, row -> row.event().type());
      bind.texts(rows, row -> row.event().key());
      bind.texts(rows, row -> row.event().subject());
      bind.texts(rows, row -> row.event().workspace());
      bind.times(rows, row -> row.event().time());
      bind.texts(rows, row -> row.event().contentType());
      bind.bytes(rows, AppendRow::stored);
      bind.texts(rows, row -> row.event().verifiedBy());
      bind.ids(rows, row -> row.event().causationId());
      bind.numbers(rows, row -> row.event().hops());
      bind.texts(rows, row -> row.event().signature());
      bind.texts(rows, row -> row.event().trace());
      bind.flags(rows, row -> row.event().sensitive());
      bind.ids(deliveries, NewDelivery::eventId);
      bind.numbers(deliveries, NewDelivery::subscriptionId);
      bind.times(deliveries, NewDelivery::dueAt);
      bind.texts(deliveries, NewDelivery::orderKey);
      bind.numbers(deliveries, NewDelivery::priority);
      return read(statement, rows.size());
    }
  }

  private static boolean isSpecial(NewEvent event) {
    return event.sensitive() || event.priority() != 0;
  }

  private static @Nullable Set<UUID> one(
      Connection connection,
      AppendRow row,
      List<NewDelivery> deliveries,
      Instant receivedAt,
      SubscriptionMatch match)
      throws SQLException {
    NewEvent event = row.event();
    try (PreparedStatement statement = connection.prepareStatement(ONE)) {
      int i = 0;
      statement.setLong(++i, match.version());
      statement.setLong(++i, Times.micros(receivedAt));
      statement.setObject(++i, row.id());
      statement.setString(++i, event.source());
      statement.setString(++i, event.type());
      statement.setString(++i, event.key());
      statement.setString(++i, event.subject());
      statement.setString(++i, event.workspace());
      statement.setLong(++i, Times.micros(event.time()));
      statement.setString(++i, event.contentType());
      statement.setBytes(++i, row.stored());
      statement.setString(++i, event.verifiedBy());
      statement.setObject(++i, event.causationId(), Types.OTHER);
      statement.setInt(++i, event.hops());
      statement.setString(++i, event.signature());
      statement.setString(++i, event.trace());
      // The deliveries of one event are due at the same time.
      Instant due = event.due(receivedAt);
      int[] subscriptions = deliveries.stream().mapToInt(NewDelivery::subscriptionId).toArray();
      PGConnection postgres = connection.unwrap(PGConnection.class);
      statement.setArray(++i, postgres.createArrayOf("int4", subscriptions));
      statement.setLong(++i, Times.micros(due));
      String[] orderKeys = deliveries.stream().map(NewDelivery::orderKey).toArray(String[]::new);
      statement.setArray(++i, postgres.createArrayOf("text", orderKeys));
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return switch (result.getInt(1)) {
          case 1 -> Set.of(row.id());
          case 0 -> Set.of();
          default -> null;
        };
      }
    }
  }

  private static @Nullable Set<UUID> read(PreparedStatement statement, int size)
      throws SQLException {
    Set<UUID> fresh = HashSet.newHashSet(size);
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        UUID id = result.getObject(1, UUID.class);
        if (id == null) {
          return null;
        }
        fresh.add(id);
      }
    }
    return fresh;
  }

  /** The deliveries of these events to the subscriptions that match them. */
  static List<NewDelivery> deliveries(
      List<AppendRow> rows, Instant receivedAt, SubscriptionMatch match) {
    List<NewDelivery> deliveries = new ArrayList<>(rows.size());
    for (AppendRow row : rows) {
      NewEvent event = row.event();
      Instant due = event.due(receivedAt);
      for (Subscription subscription : match.subscriptions(event)) {
        String orderKey = OrderKey.of(subscription, event, row.id());
        deliveries.add(
            new NewDelivery(row.id(), subscription.id(), due, orderKey, event.priority()));
      }
    }
    return deliveries;
  }
}
