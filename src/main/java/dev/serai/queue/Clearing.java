package dev.serai.queue;

import dev.serai.event.Times;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Cancels what waits for a subscription, in steps that hold no other up. */
final class Clearing {

  private static final int STEP = 1_000;

  private static final String CANCEL =
      """
      update serai.delivery set state = 'cancelled', open = false, cause = 'cleared',
        result = :because, finished_at = :now
      where ctid = any(array(
        select ctid from serai.delivery d
        where d.open and d.subscription_id = :subscription and d.state = 'ready'
        limit %s for update skip locked))
      """
          .formatted(STEP);

  private final JdbcClient jdbc;
  private final Clock clock;

  Clearing(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  int run(int subscription, String because) {
    int cleared = 0;
    int rows;
    do {
      rows =
          jdbc.sql(CANCEL)
              .param("because", because)
              .param("now", Times.utc(clock.instant()))
              .param("subscription", subscription)
              .update();
      cleared += rows;
    } while (rows == STEP && !Thread.currentThread().isInterrupted());
    return cleared;
  }
}
