package dev.serai.bus;

import dev.serai.event.Backoff;
import dev.serai.event.Deliveries;
import dev.serai.event.EventLog;
import dev.serai.redis.Redis;
import dev.serai.trace.Tracing;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What all lanes share.
 *
 * @param membership this hub among the others
 * @param guards what spares receivers
 * @param transaction transactions on {@code handlers}
 * @param handlers the connections of the routes' SQL
 */
record Engine(
    EventLog log,
    Deliveries deliveries,
    Membership membership,
    Hints hints,
    Redis redis,
    Yield yield,
    Backoff backoff,
    Clock clock,
    BusMetrics metrics,
    Guards guards,
    Tracing tracing,
    TransactionTemplate transaction,
    DataSource handlers) {

  /** Runs an action in a transaction of the routes' SQL; an exception of it undoes that. */
  <T> T inTransaction(Callable<T> action) throws Exception {
    try {
      return Objects.requireNonNull(
          transaction.execute(
              status -> {
                try {
                  return action.call();
                } catch (Exception e) {
                  throw new Carrier(e);
                }
              }));
    } catch (Carrier e) {
      throw e.carried;
    }
  }

  /** Carries an exception through the transaction template, which rolls back on it. */
  private static final class Carrier extends RuntimeException {
    private final Exception carried;

    Carrier(Exception carried) {
      super(carried);
      this.carried = carried;
    }
  }
}
