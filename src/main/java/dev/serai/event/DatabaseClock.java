package dev.serai.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** The time of the database, which all hubs share, reckoned from this machine's clock. */
final class DatabaseClock extends Clock implements ClockOffset {

  private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);

  /** Beyond this an operator should mend the machine's clock; the hub goes by the database's. */
  private static final Duration TOLERABLE = Duration.ofSeconds(2);

  private final Clock machine;
  private final JdbcClient jdbc;
  private volatile Duration offset = Duration.ZERO;

  DatabaseClock(Clock machine, DataSource engine) {
    this.machine = machine;
    this.jdbc = JdbcClient.create(engine);
  }

  /** Half of the round trip is taken off, as NTP does. */
  @Scheduled(fixedRate = 10_000)
  void measure() {
    try {
      Instant before = machine.instant();
      long micros =
          jdbc.sql("select extract(epoch from clock_timestamp()) * 1000000")
              .query(Long.class)
              .single();
      Instant database = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      Instant after = machine.instant();
      Duration measured =
          Duration.between(before.plus(Duration.between(before, after).dividedBy(2)), database);
      if (!isTolerable(measured) && isTolerable(offset)) {
        log.error(
            "This machine's clock is {} ms away from the database's; the hub goes by the"
                + " database's",
            measured.toMillis());
      }
      offset = measured;
    } catch (DataAccessException e) {
      log.debug("The clock could not be compared with the database's", e);
    }
  }

  @Override
  public Duration offset() {
    return offset;
  }

  @Override
  public boolean isTolerable() {
    return isTolerable(offset);
  }

  private static boolean isTolerable(Duration offset) {
    return offset.abs().compareTo(TOLERABLE) <= 0;
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("The database's clock is in UTC");
  }
}
