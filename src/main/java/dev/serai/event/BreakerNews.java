package dev.serai.event;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Appends the event that tells of a breaker's change, in the transaction of the change. */
final class BreakerNews {

  private final DataSource engine;
  private final TransactionTemplate transaction;
  private final EventLog log;

  BreakerNews(DataSource engine, EventLog log) {
    this.engine = engine;
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
    this.log = log;
  }

  /** Makes a change and tells of it; returns whether there was anything to change. */
  boolean of(String type, Instant now, Supplier<Optional<Told>> change) {
    List<NewDelivery> deliveries = new ArrayList<>();
    boolean changed =
        Boolean.TRUE.equals(
            transaction.execute(
                status -> {
                  Optional<Told> told = change.get();
                  told.ifPresent(what -> append(what.event(type, now), deliveries));
                  return told.isPresent();
                }));
    log.committed(deliveries);
    return changed;
  }

  private void append(NewEvent event, List<NewDelivery> deliveries) {
    Connection connection = DataSourceUtils.getConnection(engine);
    try {
      log.appendWithin(connection, event, deliveries::addAll);
    } catch (SQLException e) {
      throw new StorageException("The change of a breaker can't be told", e);
    } finally {
      DataSourceUtils.releaseConnection(connection, engine);
    }
  }

  /**
   * What there is to tell.
   *
   * @param opened how many times it has opened
   */
  record Told(String subscription, int opened, @Nullable String cause) {

    static Told of(ResultSet row, int number) throws SQLException {
      return new Told(row.getString("name"), row.getInt("opened"), row.getString("cause"));
    }

    private NewEvent event(String type, Instant now) {
      Map<String, @Nullable Object> body = new LinkedHashMap<>();
      body.put("subscription", subscription);
      body.put("cause", cause);
      body.put("opened", opened);
      return OwnEvent.of(
          OwnEvent.SOURCE,
          type,
          "%s/%s/%s".formatted(subscription, type, opened),
          subscription,
          null,
          now,
          body);
    }
  }
}
