package dev.serai.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The append-only log of everything that happened. */
public final class EventLog implements AutoCloseable {

  /** What a request may wait: with the connection's patience it stays below a second. */
  private static final Duration PATIENCE = Duration.ofMillis(800);

  private final DataSource engine;
  private final Clock clock;
  private final Subscriptions subscriptions;
  private final AppendStatement statement;
  private final GroupWriter<AppendItem, Receipt> writer;
  private volatile Consumer<List<NewDelivery>> afterCommit = deliveries -> {};

  EventLog(
      DataSource engine,
      Clock clock,
      Subscriptions subscriptions,
      EventIds ids,
      DatabaseSettings.Append settings) {
    this.engine = engine;
    this.clock = clock;
    this.subscriptions = subscriptions;
    this.statement = new AppendStatement(ids);
    this.writer =
        new GroupWriter<>(
            "append",
            settings.writers(),
            settings.groupEvents(),
            (int) settings.groupBytes().toBytes(),
            item -> item.event().body().length,
            this::writeGroup);
  }

  /** Names who is told of the deliveries that an append has committed. */
  public void onDeliveries(Consumer<List<NewDelivery>> listener) {
    this.afterCommit = listener;
  }

  /**
   * Appends an event, together with those that others append at this moment. The receipt comes after
   * the commit.
   *
   * @return completes with the receipt, or with the {@link SQLException} that prevented it
   */
  public CompletableFuture<Receipt> append(NewEvent event) {
    return writer
        .submit(new AppendItem(event, clock.instant(), 1, false))
        .thenCompose(
            receipt ->
                receipt.status() == Receipt.Status.CONFLICT
                    ? appendConflict(event)
                    : CompletableFuture.completedFuture(receipt));
  }

  /**
   * Appends an event and waits for its receipt.
   *
   * @throws StorageException when the log can't be reached; nothing is known to be stored
   * @throws InvalidEventException when PostgreSQL refuses the event's content
   */
  public Receipt appendAndWait(NewEvent event) throws InterruptedException {
    CompletableFuture<Receipt> receipt = append(event);
    try {
      return receipt.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      receipt.cancel(false);
      throw new StorageException("The event log did not answer within " + PATIENCE.toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw StorageException.of(e.getCause());
    }
  }

  /** Stores a body that contradicts the holder of its key; the same body again is stored once. */
  private CompletableFuture<Receipt> appendConflict(NewEvent event) {
    String hash = HexFormat.of().formatHex(event.bodyHash(), 0, NewEvent.MAX_KEY_SUFFIX / 2 - 1);
    return writer
        .submit(new AppendItem(event.withKey(event.key() + "~" + hash), clock.instant(), 1, true))
        .thenApply(receipt -> new Receipt(receipt.id(), Receipt.Status.CONFLICT));
  }

  /**
   * Appends an event within the transaction of this connection: it is in the log if and only if that
   * transaction commits. The caller passes the deliveries to {@link #committed} after the commit.
   */
  public Receipt appendWithin(
      Connection connection, NewEvent event, Consumer<List<NewDelivery>> made)
      throws SQLException {
    AppendItem item = new AppendItem(event, clock.instant(), 1, false);
    Appended appended = execute(connection, List.of(item)).getFirst();
    made.accept(appended.deliveries());
    return appended.receipt(event);
  }

  /** Tells of deliveries whose transaction has committed. */
  public void committed(List<NewDelivery> deliveries) {
    if (!deliveries.isEmpty()) {
      afterCommit.accept(deliveries);
    }
  }

  /** How many appends wait for the group before theirs to be committed. */
  public int waiting() {
    return writer.waiting();
  }

  private List<Receipt> writeGroup(List<AppendItem> items) throws SQLException {
    Map<SourceKey, AppendItem> first = new HashMap<>();
    for (AppendItem item : items) {
      first.merge(SourceKey.of(item.event()), item, EventLog::oneMore);
    }
    List<AppendItem> distinct = new ArrayList<>(first.values());
    Map<SourceKey, Appended> outcomes = new HashMap<>();
    try (Connection connection = engine.getConnection()) {
      List<Appended> appended = execute(connection, distinct);
      for (int i = 0; i < distinct.size(); i++) {
        outcomes.put(SourceKey.of(distinct.get(i).event()), appended.get(i));
      }
    }
    committed(outcomes.values().stream().flatMap(o -> o.deliveries().stream()).toList());
    return items.stream().map(item -> receipt(item, first, outcomes)).toList();
  }

  /** Two of a group under one key: the second is counted on the first unless their bodies differ. */
  private static AppendItem oneMore(AppendItem first, AppendItem second) {
    byte[] hash = second.event().bodyHash();
    boolean same = hash == null || java.util.Arrays.equals(hash, first.event().bodyHash());
    return same ? first.withCopies(first.copies() + 1) : first;
  }

  private static Receipt receipt(
      AppendItem item, Map<SourceKey, AppendItem> first, Map<SourceKey, Appended> outcomes) {
    SourceKey key = SourceKey.of(item.event());
    Appended outcome = java.util.Objects.requireNonNull(outcomes.get(key));
    boolean isFirst =
        java.util.Objects.requireNonNull(first.get(key)).event() == item.event();
    return isFirst ? outcome.receipt(item.event()) : outcome.repetition(item.event());
  }

  private List<Appended> execute(Connection connection, List<AppendItem> items)
      throws SQLException {
    @Nullable List<Appended> appended =
        statement.execute(connection, items, subscriptions.match());
    while (appended == null) {
      appended = statement.execute(connection, items, subscriptions.reload());
    }
    return appended;
  }

  @Override
  public void close() throws InterruptedException {
    writer.close();
  }
}
