package dev.serai.bus;

import dev.serai.event.Deliveries;
import dev.serai.event.EventLog;
import dev.serai.redis.Redis;
import java.time.Clock;
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
    TransactionTemplate transaction,
    DataSource handlers) {}
