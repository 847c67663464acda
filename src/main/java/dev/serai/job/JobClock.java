package dev.serai.job;

import dev.serai.event.LogTransaction;
import dev.serai.event.StorageException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Takes the jobs that are due, makes runs of their slots and sets the next ones. */
public final class JobClock {

  private static final Logger log = LoggerFactory.getLogger(JobClock.class);

  /** Jobs taken in one transaction. */
  private static final int GROUP = 250;

  private final JobRows rows;
  private final NewRuns runs;
  private final Alerts alerts;
  private final LogTransaction transaction;
  private final Clock clock;
  private final JobMetrics metrics;

  JobClock(
      JobRows rows,
      NewRuns runs,
      Alerts alerts,
      LogTransaction transaction,
      JobMetrics metrics,
      Clock clock) {
    this.rows = rows;
    this.runs = runs;
    this.alerts = alerts;
    this.transaction = transaction;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Looks once at all that is due; what fails is due still, and looked at again in a second. */
  public void tick() {
    try {
      boolean more = true;
      while (more) {
        more = group() == GROUP;
      }
    } catch (DataAccessException | TransactionException | StorageException e) {
      log.warn("No slots are taken, because the database can't be used", e);
    }
  }

  /** Returns how many jobs were due. */
  private int group() {
    return transaction.execute(this::take);
  }

  private int take(LogTransaction.Appends log) {
    Instant now = clock.instant();
    List<Job> due = rows.lockDue(now, GROUP);
    List<NewRun> all = new ArrayList<>();
    List<DueSlots> slots = due.stream().map(job -> DueSlots.of(job, now)).toList();
    slots.forEach(one -> all.addAll(one.runs()));
    List<UUID> ids = runs.make(all, now, log);
    if (!due.isEmpty()) {
      rows.setNext(due.stream().map(Job::id).toList(), slots.stream().map(DueSlots::next).toList());
    }
    for (int i = 0; i < due.size(); i++) {
      DueSlots taken = slots.get(i);
      metrics.missed(due.get(i).name(), taken.missed());
      if (taken.late() != null) {
        alerts.raise(log, due.get(i), AlertCause.MISSED, taken.late(), taken.said(), now);
      }
    }
    metrics.made(ids.size());
    return due.size();
  }
}
