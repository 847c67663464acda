package dev.serai.event;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** What is done once in a while, by one hub at a time. */
final class Maintenance {

  private static final Logger log = LoggerFactory.getLogger(Maintenance.class);

  /** A bit less than the time between two looks, so that no turn is missed by a moment. */
  private static final Duration HOUR = Duration.ofMinutes(55);

  private static final Duration MINUTE = Duration.ofSeconds(50);

  private final Retention retention;
  private final Erasure erasure;
  private final Turns turns;

  Maintenance(Retention retention, Erasure erasure, Turns turns) {
    this.retention = retention;
    this.erasure = erasure;
    this.turns = turns;
  }

  /** Some minutes after the start, so that a hub which is started anew doesn't begin with this. */
  @Scheduled(initialDelay = 300_000, fixedDelay = 3_600_000)
  void hourly() {
    if (!turns.take("retention", HOUR)) {
      return;
    }
    try {
      retention.run();
    } catch (DataAccessException e) {
      log.warn("Retention is left for the next hour: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
  void eachMinute() {
    if (!turns.take("erasure", MINUTE)) {
      return;
    }
    try {
      erasure.run();
    } catch (DataAccessException e) {
      log.warn("Bodies of sensitive events are erased a minute later: {}", e.getMessage());
    }
  }
}
