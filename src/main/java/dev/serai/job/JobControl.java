package dev.serai.job;

import dev.serai.event.Deliveries;
import dev.serai.event.LogTransaction;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people do with jobs: run them now, fill in slots, pause and resume them. */
public final class JobControl {

  private final JobRows rows;
  private final NewRuns runs;
  private final Deliveries deliveries;
  private final LogTransaction transaction;
  private final JdbcClient jdbc;
  private final MissingSlots missing;
  private final Clock clock;

  JobControl(
      JobRows rows,
      NewRuns runs,
      Deliveries deliveries,
      LogTransaction transaction,
      JdbcClient jdbc,
      Clock clock) {
    this.rows = rows;
    this.runs = runs;
    this.deliveries = deliveries;
    this.transaction = transaction;
    this.jdbc = jdbc;
    this.missing = new MissingSlots(jdbc);
    this.clock = clock;
  }

  /**
   * Makes a run whose slot is now; the policy of overlap holds for it, too.
   *
   * @param key of two requests with the same key the second makes nothing; null for none
   * @return the run
   * @throws InvalidParameterException when a parameter can't be
   * @throws NoSuchJobException when there is no such job
   */
  public UUID run(
      String name, Map<String, ?> parameters, @Nullable String key, String requestedBy) {
    return transaction.execute(
        log -> {
          Job job = lock(name);
          Instant now = clock.instant();
          NewRun run =
              new NewRun(
                  job,
                  now.truncatedTo(ChronoUnit.MILLIS),
                  RunKind.MANUAL,
                  "manual/" + (key == null ? UUID.randomUUID() : key),
                  Parameters.of(job.definition()).with(parameters),
                  requestedBy);
          // It must not touch the runs that are open, either.
          return known(run).orElseGet(() -> runs.make(List.of(run), now, log).getFirst());
        });
  }

  private Optional<UUID> known(NewRun run) {
    return jdbc.sql("select event_id from serai.event_key where source = :source and key = :key")
        .param("source", NewRun.SOURCE)
        .param("key", run.key())
        .query(UUID.class)
        .optional();
  }

  private Job lock(String name) {
    return rows.lock(name).orElseThrow(() -> new NoSuchJobException("job", name));
  }

  /**
   * Makes runs of the slots of a range, the earliest first; they wait for one another.
   *
   * @param reprocess none: only slots without a run; failed: also those none of whose runs is done;
   *     all: every slot
   * @return the slots with the ids of their runs
   * @throws IllegalArgumentException naming what can't be
   * @throws NoSuchJobException when there is no such job
   */
  public Backfill backfill(
      String name,
      Instant from,
      Instant to,
      Reprocess reprocess,
      Map<String, ?> parameters,
      boolean dryRun,
      String requestedBy) {
    List<Instant> slots = new ArrayList<>();
    String occasion = "backfill/" + UUID.randomUUID();
    List<UUID> made =
        transaction.execute(
            log -> {
              Job job = lock(name);
              Map<String, Object> values = Parameters.of(job.definition()).with(parameters);
              slots.addAll(missing.of(job, from, to, reprocess));
              List<NewRun> wanted =
                  slots.stream()
                      .map(
                          slot ->
                              new NewRun(
                                  job, slot, RunKind.BACKFILL, occasion, values, requestedBy))
                      .toList();
              return runs.make(dryRun ? List.of() : wanted, clock.instant(), log);
            });
    return new Backfill(slots, made);
  }

  /**
   * Makes no more runs by the clock.
   *
   * @return whether it was active
   */
  public boolean pause(String name, String reason) {
    return change(name, "active", "paused", reason);
  }

  /**
   * Goes on with the next slot; those of the pause are left out.
   *
   * @return whether it was paused
   */
  public boolean resume(String name) {
    return change(name, "paused", "active", null);
  }

  private boolean change(String name, String from, String to, @Nullable String reason) {
    return transaction.execute(
        log -> {
          Job job = lock(name);
          Instant now = clock.instant();
          boolean changed = rows.setState(name, from, to, reason, now);
          if (changed && to.equals("active")) {
            rows.begin(job, job.definition(), now);
          }
          return changed;
        });
  }

  /**
   * Ends a run: at once while it waits, within a second or so while it is handled.
   *
   * @return whether there was anything to end
   * @throws NoSuchJobException when there is no such run
   */
  public boolean cancel(UUID run) throws SQLException {
    int subscription =
        jdbc.sql(
                "select j.subscription_id from serai.run r join serai.job j on j.id = r.job_id"
                    + " where r.event_id = :run")
            .param("run", run)
            .query(Integer.class)
            .optional()
            .orElseThrow(() -> new NoSuchJobException("run", run));
    return deliveries.cancel(run, subscription);
  }
}
