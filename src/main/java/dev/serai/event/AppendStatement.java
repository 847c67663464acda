package dev.serai.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The append itself: keys, events and deliveries of a group in one call of {@code serai.append_1}, so
 * in one round trip and one commit. No two events of a group may have the same source and key.
 */
final class AppendStatement {

  private static final String SQL =
      "select * from serai.append_1(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final EventIds ids;

  AppendStatement(EventIds ids) {
    this.ids = ids;
  }

  /**
   * Appends a group on this connection; the caller commits.
   *
   * @return the outcome of each event in order, or null when {@code match} is out of date
   */
  @Nullable List<Appended> execute(
      Connection connection, List<AppendItem> group, SubscriptionMatch match) throws SQLException {
    List<Row> rows = new ArrayList<>(group.size());
    List<NewDelivery> deliveries = new ArrayList<>();
    for (AppendItem item : group) {
      Row row = new Row(ids.next(), item);
      rows.add(row);
      if (!item.conflict()) {
        for (Subscription subscription : match.subscriptions(item.event())) {
          deliveries.add(row.deliveryTo(subscription));
        }
      }
    }
    Map<SourceKey, Holder> holders = insert(connection, rows, deliveries, match.version());
    if (holders.isEmpty()) {
      return null;
    }
    Map<UUID, List<NewDelivery>> byEvent =
        deliveries.stream().collect(Collectors.groupingBy(NewDelivery::eventId));
    return rows.stream()
        .map(row -> row.outcome(holders, byEvent.getOrDefault(row.id, List.of())))
        .toList();
  }

  private static Map<SourceKey, Holder> insert(
      Connection connection, List<Row> rows, List<NewDelivery> deliveries, long version)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      var bind = new ArrayBinder(connection, statement);
      bind.number(version);
      bind.ids(rows, Row::id);
      bind.texts(rows, row -> row.event().source());
      bind.texts(rows, row -> row.event().type());
      bind.texts(rows, row -> row.event().key());
      bind.texts(rows, row -> row.event().subject());
      bind.texts(rows, row -> row.event().workspace());
      bind.times(rows, row -> row.event().time());
      bind.times(rows, row -> row.item.receivedAt());
      bind.texts(rows, row -> row.event().contentType());
      bind.bytes(rows, row -> row.event().body());
      bind.bytes(rows, row -> row.event().bodyHash());
      bind.texts(rows, row -> row.event().verifiedBy());
      bind.ids(rows, row -> row.event().causationId());
      bind.numbers(rows, row -> row.event().hops());
      bind.numbers(rows, row -> row.item.copies());
      bind.flags(rows, row -> row.item.conflict());
      bind.ids(deliveries, NewDelivery::eventId);
      bind.numbers(deliveries, NewDelivery::subscriptionId);
      bind.times(deliveries, NewDelivery::dueAt);
      bind.texts(deliveries, NewDelivery::orderKey);
      return read(statement);
    }
  }

  private static Map<SourceKey, Holder> read(PreparedStatement statement) throws SQLException {
    Map<SourceKey, Holder> holders = new HashMap<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        holders.put(
            new SourceKey(result.getString(1), result.getString(2)),
            new Holder(result.getObject(3, UUID.class), result.getBytes(4)));
      }
    }
    return holders;
  }

  /** Who holds a key: the event that came first, and what its body was. */
  private record Holder(UUID eventId, byte @Nullable [] bodyHash) {}

  private record Row(UUID id, AppendItem item) {
    NewEvent event() {
      return item.event();
    }

    NewDelivery deliveryTo(Subscription subscription) {
      Instant due = event().dueAt() == null ? item.receivedAt() : event().dueAt();
      return new NewDelivery(
          id, subscription.id(), due, SubscriptionMatch.orderKey(subscription, event()));
    }

    Appended outcome(Map<SourceKey, Holder> holders, List<NewDelivery> deliveries) {
      Holder holder = holders.get(SourceKey.of(event()));
      if (holder == null) {
        throw new IllegalStateException("No holder came back for key " + event().key());
      }
      boolean fresh = holder.eventId.equals(id);
      return new Appended(holder.eventId, holder.bodyHash, fresh, fresh ? deliveries : List.of());
    }
  }
}
