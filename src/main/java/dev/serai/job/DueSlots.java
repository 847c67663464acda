package dev.serai.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of the slots of a job up to now.
 *
 * @param runs the runs to make, the earliest slot first
 * @param missed how many slots are given up
 * @param next the slot to look at next; null when there is none
 * @param late the first slot that is so late that somebody must know; null when there is none
 */
record DueSlots(List<NewRun> runs, int missed, @Nullable Instant next, @Nullable Instant late) {

  /** A job that ran every second and was away for a day is looked at in a few steps. */
  private static final int MOST = 10_000;

  /** Slots that are run at a time; the rest follow. */
  private static final int MOST_RUNS = 100;

  static DueSlots of(Job job, Instant now) {
    Instant first = job.nextAt();
    Schedule schedule = job.definition().schedule();
    if (first == null || schedule == null) {
      return new DueSlots(List.of(), 0, null, null);
    }
    Instant late = now.minus(job.definition().grace());
    List<NewRun> runs = new ArrayList<>();
    @Nullable Instant lastMissed = null;
    int missed = 0;
    Optional<Instant> slot = Optional.of(first);
    for (int i = 0; i < MOST && slot.isPresent() && !slot.get().isAfter(now); i++) {
      Instant at = slot.get();
      if (!at.isBefore(late)) {
        runs.add(NewRun.of(job, at, RunKind.SCHEDULED));
      } else if (catchesUp(job, at, now)) {
        runs.add(NewRun.of(job, at, RunKind.CATCH_UP));
      } else {
        missed++;
        lastMissed = at;
      }
      slot = schedule.next(at);
      if (runs.size() >= MOST_RUNS) {
        break;
      }
    }
    boolean moreMissed = slot.isPresent() && slot.get().isBefore(late);
    if (lastMissed != null && !moreMissed && job.definition().catchUp() == CatchUp.ONCE) {
      runs.addFirst(NewRun.of(job, lastMissed, RunKind.CATCH_UP));
      missed--;
    }
    boolean tooLate = first.isBefore(now.minus(job.definition().tolerance()));
    return new DueSlots(runs, missed, slot.orElse(null), tooLate ? first : null);
  }

  /** What became of late slots, in words. */
  String said() {
    long caughtUp = runs.stream().filter(run -> run.kind() == RunKind.CATCH_UP).count();
    return "No hub was there at %s; %s slots are caught up, %s are given up"
        .formatted(late, caughtUp, missed);
  }

  private static boolean catchesUp(Job job, Instant slot, Instant now) {
    return switch (job.definition().catchUp()) {
      case ALL -> true;
      case WINDOW -> !slot.isBefore(now.minus(job.definition().window()));
      case NONE, ONCE -> false;
    };
  }
}
