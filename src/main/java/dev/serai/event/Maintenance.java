package dev.serai.event;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * What is done once in a while, by one hub at a time, because the engine depends on it. What only
 * makes room is a job: see {@link Retention}.
 */
final class Maintenance {

  private static final Logger log = LoggerFactory.getLogger(Maintenance.class);

  /** A bit less than the time between two looks, so that no turn is missed by a moment. */
  private static final Duration HOUR = Duration.ofMinutes(55);

  private static final Duration MINUTE = Duration.ofSeconds(50);

  private final Days days;
  private final Retirement retirement;
  private final Duration undeclared;
  private final Erasure erasure;
  private final Turns turns;
  private final Clock clock;

  Maintenance(
      Days days,
      Retirement retirement,
      Duration undeclared,
      Erasure erasure,
      Turns turns,
      Clock clock) {
    this.days = days;
    this.retirement = retirement;
    this.undeclared = undeclared;
    this.erasure = erasure;
    this.turns = turns;
    this.clock = clock;
    days.prepare(clock.instant());
  }

  /** Some minutes after the start, so that a hub which is started anew doesn't begin with this. */
  @Scheduled(initialDelay = 300_000, fixedDelay = 3_600_000)
  void hourly() {
    if (!turns.take("hourly", HOUR)) {
      return;
    }
    try {
      days.prepare(clock.instant());
      retirement.run(clock.instant(), undeclared);
    } catch (DataAccessException e) {
      log.warn("The coming days are looked after an hour later: {}", e.getMessage());
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
