package dev.serai.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Erases the bodies of sensitive events once nobody has needed them for a while. Each event is
 * looked at about once in that time, and only those are that still have a body.
 */
final class Erasure {

  private static final Logger log = LoggerFactory.getLogger(Erasure.class);

  private final JdbcClient jdbc;
  private final Duration keep;
  private final Clock clock;

  Erasure(JdbcClient jdbc, Duration keep, Clock clock) {
    this.jdbc = jdbc;
    this.keep = keep;
    this.clock = clock;
  }

  @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
  void eachMinute() {
    try {
      run();
    } catch (DataAccessException e) {
      log.warn("Bodies of sensitive events are erased a minute later: {}", e.getMessage());
    }
  }

  void run() {
    Instant now = clock.instant();
    AgedRows.inSteps(
        () ->
            jdbc.sql("select serai.erase_1(:now, :before, :most)")
                .param("now", Times.micros(now))
                .param("before", Times.micros(now.minus(keep)))
                .param("most", AgedRows.STEP)
                .query(Integer.class)
                .single());
  }
}
