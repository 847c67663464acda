package dev.serai.job;

import dev.serai.event.LogTransaction;
import dev.serai.event.StorageException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;

/** The dead-man switch: sees that jobs do what they are expected to, and says when they don't. */
final class Watch {

  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final Suspects suspects;
  private final JobRows rows;
  private final Alerts alerts;
  private final LogTransaction transaction;
  private final JobMetrics metrics;
  private final Clock clock;

  Watch(
      Suspects suspects,
      JobRows rows,
      Alerts alerts,
      LogTransaction transaction,
      JobMetrics metrics,
      Clock clock) {
    this.suspects = suspects;
    this.rows = rows;
    this.alerts = alerts;
    this.transaction = transaction;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Not at once: a hub that has just begun takes what was due meanwhile. */
  @Scheduled(fixedDelay = 10_000, initialDelay = 20_000)
  void look() {
    try {
      Instant now = clock.instant();
      suspects
          .find(now)
          .forEach(
              suspect ->
                  transaction.execute(
                      events -> {
                        judge(events, suspect, now);
                        return true;
                      }));
      metrics.alerts(suspects.alerts());
    } catch (DataAccessException | TransactionException | StorageException e) {
      log.warn("Jobs are not watched, because the database can't be used", e);
    }
  }

  private void judge(LogTransaction.Appends events, Suspect suspect, Instant now) {
    if (!suspect.state().equals("active")) {
      List.copyOf(suspect.raised().keySet())
          .forEach(cause -> alerts.end(events, suspect.job(), cause, suspect.state(), now));
      return;
    }
    late(events, suspect, now);
    missed(events, suspect, now);
    overdue(events, suspect, now);
  }

  private void late(LogTransaction.Appends events, Suspect suspect, Instant now) {
    if (suspect.late() > 0) {
      alerts.raise(
          events,
          suspect.job(),
          AlertCause.LATE,
          suspect.lateSlot(),
          "%s runs have not begun, the first is that of %s"
              .formatted(suspect.late(), suspect.lateSlot()),
          now);
    } else if (suspect.has(AlertCause.LATE)) {
      alerts.end(events, suspect.job(), AlertCause.LATE, "begun", now);
    }
  }

  private void missed(LogTransaction.Appends events, Suspect suspect, Instant now) {
    Instant untaken = suspect.untaken(now);
    if (untaken != null) {
      String detail = "No hub has made a run of the slot %s".formatted(untaken);
      alerts.raise(events, suspect.job(), AlertCause.MISSED, untaken, detail, now);
    } else if (suspect.hasSucceededSince(suspect.raised().get(AlertCause.MISSED))) {
      alerts.end(events, suspect.job(), AlertCause.MISSED, "succeeded", now);
    }
  }

  private void overdue(LogTransaction.Appends events, Suspect suspect, Instant now) {
    Definition definition = suspect.job().definition();
    Instant expected = suspect.expectedAt();
    if (expected == null || !expected.isBefore(now)) {
      if (suspect.has(AlertCause.OVERDUE)) {
        alerts.end(events, suspect.job(), AlertCause.OVERDUE, "changed", now);
      }
      return;
    }
    Instant succeeded = suspect.succeededAt();
    @Nullable Instant next = succeeded == null ? expected : definition.expectedAfter(succeeded);
    if (next == null || next.isAfter(now)) {
      rows.setExpected(suspect.job().id(), next);
      alerts.end(events, suspect.job(), AlertCause.OVERDUE, "succeeded", now);
    } else {
      alerts.raise(
          events,
          suspect.job(),
          AlertCause.OVERDUE,
          null,
          "It was to succeed by %s, and has last succeeded %s"
              .formatted(expected, succeeded == null ? "never" : "at " + succeeded),
          now);
    }
  }
}
