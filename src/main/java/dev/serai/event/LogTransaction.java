package dev.serai.event;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction on the engine's connections that appends events: what it changes and what it tells
 * of that are one.
 */
public final class LogTransaction {

  private final DataSource engine;
  private final EventLog log;
  private final TransactionTemplate transaction;

  LogTransaction(DataSource engine, EventLog log) {
    this.engine = engine;
    this.log = log;
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
  }

  /**
   * Does the work, commits, and tells of the deliveries.
   *
   * @throws StorageException when an event can't be appended; nothing is changed then
   */
  public <T> T execute(Function<Appends, T> work) {
    Appends appends = new Appends();
    T result =
        Objects.requireNonNull(transaction.execute(status -> work.apply(appends)), "no result");
    log.committed(appends.deliveries);
    return result;
  }

  /** What the transaction appends. */
  public final class Appends {

    private final List<NewDelivery> deliveries = new ArrayList<>();

    private Appends() {}

    /** Appends these; a key that is known already makes nothing. */
    public List<Receipt> append(List<NewEvent> events) {
      Connection connection = DataSourceUtils.getConnection(engine);
      try {
        return log.appendWithin(connection, events, deliveries::addAll);
      } catch (SQLException e) {
        throw new StorageException("Events can't be appended", e);
      } finally {
        DataSourceUtils.releaseConnection(connection, engine);
      }
    }

    /** Whether what was appended is delivered to anybody. */
    public boolean hasDeliveries() {
      return !deliveries.isEmpty();
    }

    /**
     * The deliveries of these events have ended within the transaction: nobody is to begin them.
     */
    public void forget(Collection<?> eventIds) {
      deliveries.removeIf(delivery -> eventIds.contains(delivery.eventId()));
    }
  }
}
