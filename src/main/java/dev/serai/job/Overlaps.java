package dev.serai.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What new runs mean for the open runs of their jobs, whose rows are locked, and those for them.
 * Runs that catch up or fill in wait behind all others: their slots don't overlap.
 */
final class Overlaps {

  private static final String OPEN =
      """
      select j.id, d.event_id, d.subscription_id, d.state = 'ready' and d.attempts = 0
      from serai.job j join serai.delivery d
        on d.subscription_id = j.subscription_id and d.order_key = j.name and d.open
      where j.id = any(:jobs)
      """;

  private final Map<Integer, List<Open>> open = new HashMap<>();
  private final Map<Integer, List<Verdict>> added = new HashMap<>();
  private final List<Open> replaced = new ArrayList<>();
  private final Set<Open> cancelled = new HashSet<>();

  Overlaps(JdbcClient jdbc, Collection<Job> jobs) {
    Integer[] ordered =
        jobs.stream()
            .filter(job -> job.overlap() != Overlap.ALLOW)
            .map(Job::id)
            .distinct()
            .toArray(Integer[]::new);
    if (ordered.length > 0) {
      jdbc.sql(OPEN)
          .param("jobs", ordered)
          .query(
              row -> {
                Open run = new Open(row.getObject(2, UUID.class), row.getInt(3), row.getBoolean(4));
                open.computeIfAbsent(row.getInt(1), id -> new ArrayList<>()).add(run);
              });
    }
  }

  /** Decides about a run; what follows it may still change the verdict. */
  Verdict decide(NewRun run) {
    Verdict verdict = new Verdict(run);
    List<Open> before = open.getOrDefault(run.job().id(), List.of());
    List<Verdict> others = added.computeIfAbsent(run.job().id(), id -> new ArrayList<>());
    switch (policy(run)) {
      case ALLOW, QUEUE_ALL -> {}
      case SKIP -> {
        if (!before.isEmpty() || others.stream().anyMatch(Verdict::isMade)) {
          verdict.skipped = "overlap";
        }
      }
      case QUEUE_ONE -> {
        before.stream()
            .filter(Open::waits)
            .filter(it -> !replaced.contains(it))
            .forEach(replaced::add);
        replace(others);
      }
      case CANCEL -> {
        cancelled.addAll(before);
        replace(others);
      }
    }
    others.add(verdict);
    return verdict;
  }

  private static Overlap policy(NewRun run) {
    return run.kind() == RunKind.CATCH_UP || run.kind() == RunKind.BACKFILL
        ? Overlap.QUEUE_ALL
        : run.job().overlap();
  }

  private static void replace(List<Verdict> others) {
    others.stream().filter(Verdict::isMade).forEach(other -> other.skipped = "replaced");
  }

  /** Open runs that wait no more. */
  List<Open> replaced() {
    return replaced;
  }

  /** Open runs that are to end. */
  Set<Open> cancelled() {
    return cancelled;
  }

  /**
   * An open run.
   *
   * @param waits whether no attempt of it has begun
   */
  record Open(UUID event, int subscription, boolean waits) {}

  /** What becomes of a new run. */
  static final class Verdict {

    private final NewRun run;
    private @Nullable String skipped;

    private Verdict(NewRun run) {
      this.run = run;
    }

    NewRun run() {
      return run;
    }

    boolean isMade() {
      return skipped == null;
    }

    /** Why it is skipped, or null. */
    @Nullable String skipped() {
      return skipped;
    }
  }
}
