package dev.serai.job;

import dev.serai.event.LogTransaction;
import dev.serai.event.StorageException;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Tells of runs that begin late, also of those that {@link Watch} did not find waiting. */
final class LateStarts {

  private static final Logger log = LoggerFactory.getLogger(LateStarts.class);

  /** The others wait for one another, or for a day long past, as they should. */
  private static final Set<String> IN_TIME =
      Set.of(RunKind.SCHEDULED.word(), RunKind.MANUAL.word());

  private final JobRows rows;
  private final Alerts alerts;
  private final LogTransaction transaction;
  private final Clock clock;

  LateStarts(JobRows rows, Alerts alerts, LogTransaction transaction, Clock clock) {
    this.rows = rows;
    this.alerts = alerts;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** A run begins for the first time; what can't be told holds it up no further. */
  void begins(String name, Definition definition, String kind, Instant slot) {
    Instant now = clock.instant();
    if (!IN_TIME.contains(kind) || !slot.isBefore(now.minus(definition.tolerance()))) {
      return;
    }
    try {
      transaction.execute(
          events -> {
            rows.lock(name)
                .ifPresent(
                    job ->
                        alerts.raise(
                            events,
                            job,
                            AlertCause.LATE,
                            slot,
                            "The run of %s has begun at %s".formatted(slot, now),
                            now));
            return true;
          });
    } catch (DataAccessException | TransactionException | StorageException e) {
      log.warn("That the run of job {} of {} begins late is not told", name, slot, e);
    }
  }
}
