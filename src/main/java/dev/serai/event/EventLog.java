package dev.serai.event;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The append-only log of everything that happened. */
public final class EventLog implements AutoCloseable {

  /** What a caller waits at most: with the connection's patience it stays below a second. */
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private final DataSource engine;
  private final Clock clock;
  private final Subscriptions subscriptions;
  private final EventIds ids;
  private final SensitiveBodies bodies;
  private final AppendStatement statement = new AppendStatement();
  private final Repetitions repetitions;
  private final GroupWriter<NewEvent, Receipt> writer;
  private volatile Consumer<List<NewDelivery>> afterCommit = deliveries -> {};
  private volatile EventCheck check = EventCheck.NONE;
  private volatile AppendListener listener = AppendListener.NONE;

  EventLog(
      DataSource engine,
      Clock clock,
      Subscriptions subscriptions,
      EventIds ids,
      SensitiveBodies bodies,
      DatabaseSettings.Append settings) {
    this.engine = engine;
    this.clock = clock;
    this.subscriptions = subscriptions;
    this.ids = ids;
    this.bodies = bodies;
    this.repetitions = new Repetitions(ids, bodies, clock);
    this.writer =
        new GroupWriter<>(
            settings.limits("append", PATIENCE), event -> event.body().length, this::writeGroup);
  }

  /** Names who is told of the deliveries that an append has committed. */
  public void onDeliveries(Consumer<List<NewDelivery>> listener) {
    this.afterCommit = listener;
  }

  /** Names who is told of every event that is new. */
  public void onAppends(AppendListener told) {
    this.listener = told;
  }

  /** Names who judges every event before it is appended. */
  public void checkBy(EventCheck judge) {
    this.check = judge;
  }

  /**
   * Appends an event, together with those that others append at this moment.
   *
   * @return completes with the receipt after the commit, or exceptionally when nothing is stored
   * @throws SchemaViolationException when the judge refuses it
   */
  public CompletableFuture<Receipt> append(NewEvent event) {
    admit(event);
    long begin = System.nanoTime();
    return writer.submit(event).thenApply(receipt -> told(event, receipt, begin));
  }

  /**
   * Appends an event and waits for its receipt.
   *
   * @throws StorageException when the log can't be reached; nothing is known to be stored
   */
  public Receipt appendAndWait(NewEvent event) throws InterruptedException {
    admit(event);
    long begin = System.nanoTime();
    return told(event, writer.submitAndWait(event), begin);
  }

  /**
   * @throws SensitiveBodyException if sensitive events can't be taken, naming what is missing
   */
  public void requireKey() {
    bodies.requireKey();
  }

  private Receipt told(NewEvent event, Receipt receipt, long begin) {
    if (receipt.status() == Receipt.Status.ACCEPTED) {
      listener.appended(event, receipt.id(), System.nanoTime() - begin);
    }
    return receipt;
  }

  void requireFit(NewEvent event) {
    check.check(event);
  }

  /** Before it joins a group. */
  private void admit(NewEvent event) {
    requireFit(event);
    if (event.sensitive()) {
      requireKey();
    }
  }

  /**
   * Appends an event within the transaction of this connection: it is in the log if and only if
   * that commits. The deliveries made are for {@link #committed} after it.
   */
  public Receipt appendWithin(
      Connection connection, NewEvent event, Consumer<List<NewDelivery>> made) throws SQLException {
    return appendWithin(connection, List.of(event), made).getFirst();
  }

  /** The same for several, in one statement. */
  public List<Receipt> appendWithin(
      Connection connection, List<NewEvent> events, Consumer<List<NewDelivery>> made)
      throws SQLException {
    events.forEach(this::requireFit);
    long begin = System.nanoTime();
    List<Receipt> receipts = write(connection, events, made);
    for (int i = 0; i < receipts.size(); i++) {
      told(events.get(i), receipts.get(i), begin);
    }
    return receipts;
  }

  /** Tells of deliveries whose transaction has committed. */
  public void committed(List<NewDelivery> deliveries) {
    if (!deliveries.isEmpty()) {
      afterCommit.accept(deliveries);
    }
  }

  /**
   * The body of an event, for as long as it is kept and can be decrypted.
   *
   * @throws StorageException when the log can't be reached
   */
  public Optional<byte[]> body(UUID id) {
    try (Connection connection = engine.getConnection();
        PreparedStatement select =
            connection.prepareStatement("select body, sensitive from serai.event where id = ?")) {
      select.setObject(1, id);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        byte[] stored = rows.getBytes(1);
        return rows.getBoolean(2) ? bodies.opened(id, stored) : Optional.of(stored);
      }
    } catch (SQLException e) {
      throw new StorageException("The event log can't be read", e);
    }
  }

  /** How many appends wait for their commit, as a mean over the last tenth of a second. */
  public double waiting() {
    return writer.meanWaiting();
  }

  private List<Receipt> writeGroup(List<NewEvent> events) throws SQLException {
    List<NewDelivery> deliveries = new ArrayList<>();
    List<Receipt> receipts;
    try (Connection connection = engine.getConnection()) {
      receipts = write(connection, events, deliveries::addAll);
    }
    committed(deliveries);
    return receipts;
  }

  private List<Receipt> write(
      Connection connection, List<NewEvent> events, Consumer<List<NewDelivery>> made)
      throws SQLException {
    List<AppendRow> rows =
        events.stream().map(event -> AppendRow.of(ids.next(), event, bodies)).toList();
    Map<SourceKey, AppendRow> distinct = LinkedHashMap.newLinkedHashMap(rows.size());
    rows.forEach(row -> distinct.putIfAbsent(row.key(), row));
    Set<UUID> fresh = execute(connection, List.copyOf(distinct.values()), made);
    return repetitions.receipts(connection, rows, fresh);
  }

  /** Appends rows of distinct keys, delivered in this order; returns the ids that are new. */
  private Set<UUID> execute(
      Connection connection, List<AppendRow> rows, Consumer<List<NewDelivery>> made)
      throws SQLException {
    Instant now = clock.instant();
    SubscriptionMatch match = subscriptions.match();
    while (true) {
      List<NewDelivery> deliveries = AppendStatement.deliveries(rows, now, match);
      List<AppendRow> byKey = rows.stream().sorted(AppendRow.BY_KEY).toList();
      Set<UUID> fresh = statement.execute(connection, byKey, deliveries, now, match);
      if (fresh != null) {
        made.accept(NewDelivery.ofFresh(deliveries, rows.size(), fresh));
        return fresh;
      }
      match = subscriptions.reload();
    }
  }

  @Override
  public void close() throws InterruptedException {
    writer.close();
  }
}
