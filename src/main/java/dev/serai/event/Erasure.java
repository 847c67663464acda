package dev.serai.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Erases the bodies of sensitive events once nobody has needed them for a while. Each event is
 * looked at about once in that time, and only those are that still have a body.
 */
final class Erasure {

  private final JdbcClient jdbc;
  private final Duration keep;
  private final Clock clock;

  Erasure(JdbcClient jdbc, Duration keep, Clock clock) {
    this.jdbc = jdbc;
    this.keep = keep;
    this.clock = clock;
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
