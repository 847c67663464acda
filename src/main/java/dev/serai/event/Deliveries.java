package dev.serai.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Claims, finishes and looks for deliveries, always by primary key or by the index of open ones.
 */
public final class Deliveries implements AutoCloseable {

  private static final String DUE = "select serai.due_1(?, ?)";

  private static final String READY = "select * from serai.ready_3(?, ?, ?)";

  private static final String READY_ORDERED =
      "select * from serai.ready_ordered_1(?, ?, ?, ?, ?, ?)";

  // serai.finish_1 for the one case that is common and alone in its transaction.
  private static final String DONE =
      """
      update serai.delivery d set state = 'done', open = false, cause = null, cancel = false,
        finished_at = ?, result = ?
      where event_id = ? and subscription_id = ? and token = ? and state = 'running'
      returning case when order_key is not null then (
        select n.event_id from serai.delivery n
        where n.subscription_id = d.subscription_id and n.order_key = d.order_key and n.open
          and n.state = 'ready' order by n.sequence limit 1) end
      """;

  /**
   * The ends of replayed deliveries are recorded in few large groups: a live event's commit waits
   * for each sync of the disk that it finds under way.
   */
  private static final Duration LOW_PAUSE = Duration.ofMillis(50);

  private final DataSource engine;
  private final ClaimStatement claim;
  private final Clock clock;
  private final FinishStatement statement = new FinishStatement();
  private final GroupWriter<Finish, Finished> writer;
  private final GroupWriter<Finish, Finished> lowWriter;

  Deliveries(DataSource engine, SensitiveBodies bodies, Clock clock) {
    this.engine = engine;
    this.claim = new ClaimStatement(bodies);
    this.clock = clock;
    this.writer = writer("finish", Duration.ZERO);
    this.lowWriter = writer("finish-low", LOW_PAUSE);
  }

  private GroupWriter<Finish, Finished> writer(String name, Duration pause) {
    return new GroupWriter<>(
        new GroupWriter.Limits(
            name, 1, 256, Integer.MAX_VALUE, DatabaseSettings.STATEMENT_LIMIT, pause),
        finish -> 0,
        this::writeGroup);
  }

  /**
   * Claims those of the events that are ready and due for the subscription. Whatever does not come
   * back is somebody else's, or finished, or not due: its hint was stale.
   */
  public List<Claimed> claim(
      int node, int subscriptionId, Ordering order, @Nullable Places places, List<UUID> eventIds)
      throws SQLException {
    try (Connection connection = engine.getConnection()) {
      return claim.execute(
          connection, node, subscriptionId, order, places, eventIds, clock.instant());
    }
  }

  /** Those of some subscriptions for which anything is ready and due. */
  public Set<Integer> due(List<Integer> subscriptions) throws SQLException {
    Set<Integer> found = new HashSet<>();
    try (Connection connection = engine.getConnection();
        PreparedStatement due = connection.prepareStatement(DUE)) {
      due.setArray(1, connection.createArrayOf("int4", subscriptions.toArray()));
      due.setLong(2, Times.micros(clock.instant()));
      try (ResultSet row = due.executeQuery()) {
        while (row.next()) {
          found.add(row.getInt(1));
        }
      }
    }
    return found;
  }

  /** Events that are ready and due for a subscription without order, the most urgent first. */
  public List<Ready> ready(int subscriptionId, int limit) throws SQLException {
    List<Ready> events = new ArrayList<>();
    try (Connection connection = engine.getConnection();
        PreparedStatement ready = connection.prepareStatement(READY)) {
      ready.setInt(1, subscriptionId);
      ready.setLong(2, Times.micros(clock.instant()));
      ready.setInt(3, limit);
      try (ResultSet row = ready.executeQuery()) {
        while (row.next()) {
          events.add(new Ready(row.getObject(1, UUID.class), row.getInt(2)));
        }
      }
    }
    return events;
  }

  /**
   * Events that are ready and due for a subscription with an order: the first ones of the keys that
   * follow a given one, the most urgent first.
   */
  public ReadyKeys readyKeys(Subscription subscription, String after, int keys)
      throws SQLException {
    List<Ready> events = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String last = "";
    try (Connection connection = engine.getConnection();
        PreparedStatement ready = connection.prepareStatement(READY_ORDERED)) {
      ready.setInt(1, subscription.id());
      ready.setLong(2, Times.micros(clock.instant()));
      ready.setInt(3, keys);
      ready.setString(4, after);
      ready.setInt(5, subscription.order().keyConcurrency());
      ready.setBoolean(6, subscription.order().deadHolds());
      try (ResultSet row = ready.executeQuery()) {
        while (row.next()) {
          last = row.getString(3);
          seen.add(last);
          UUID event = row.getObject(1, UUID.class);
          if (event != null) {
            events.add(new Ready(event, row.getInt(2)));
          }
        }
      }
    }
    events.sort(Comparator.comparingInt(Ready::priority).reversed());
    return new ReadyKeys(events, seen.size() < keys ? "" : last);
  }

  /** Records how an attempt ended, together with others that end at this moment. */
  public CompletableFuture<Finished> finish(Finish finish) {
    return (finish.delivery().low() ? lowWriter : writer).submit(finish);
  }

  /** Records that an attempt succeeded within the transaction of this connection. */
  public Finished doneWithin(Connection connection, Finish finish) throws SQLException {
    try (PreparedStatement done = connection.prepareStatement(DONE)) {
      done.setObject(1, Times.utc(clock.instant()));
      done.setString(2, finish.result());
      done.setObject(3, finish.delivery().event().id());
      done.setInt(4, finish.delivery().subscriptionId());
      done.setInt(5, finish.delivery().token());
      try (ResultSet row = done.executeQuery()) {
        return row.next()
            ? new Finished(true, row.getObject(1, UUID.class))
            : new Finished(false, null);
      }
    }
  }

  private List<Finished> writeGroup(List<Finish> group) throws SQLException {
    try (Connection connection = engine.getConnection()) {
      return statement.execute(connection, group, clock.instant());
    }
  }

  /**
   * Cancels a delivery: at once while it waits, within a second while it runs.
   *
   * @return whether there was anything to cancel
   */
  public boolean cancel(UUID eventId, int subscriptionId) throws SQLException {
    try (Connection connection = engine.getConnection()) {
      return Cancellation.of(connection, eventId, subscriptionId, clock.instant());
    }
  }

  @Override
  public void close() throws InterruptedException {
    writer.close();
    lowWriter.close();
  }

  /**
   * What is ready of some keys.
   *
   * @param events that are ready and due
   * @param last after which key to go on; empty when there are no more
   */
  public record ReadyKeys(List<Ready> events, String last) {}

  /**
   * What became of the end of an attempt.
   *
   * @param recorded false when the token was no longer the delivery's: another hub has it
   * @param next the event to hint because this one held up its key, or null
   */
  public record Finished(boolean recorded, @Nullable UUID next) {}
}
