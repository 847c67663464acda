package dev.serai.api;

import dev.serai.job.JobControl;
import dev.serai.job.RunRecord;
import dev.serai.job.RunTable;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs of jobs: where they are, what they log, and ending them. */
@RestController
@RequestMapping("/api/v1/runs")
class RunsController {

  private static final List<String> STATES =
      List.of("ready", "running", "done", "dead", "cancelled", "skipped", "forgotten");
  private static final List<String> KINDS = List.of("scheduled", "catch-up", "manual", "backfill");

  private final RunTable runs;
  private final JobControl control;

  RunsController(RunTable runs, JobControl control) {
    this.runs = runs;
    this.control = control;
  }

  /**
   * Lists the runs of all jobs, the newest first.
   *
   * @param state only those in this state: ready, running, done, dead, cancelled or skipped
   * @param kind only these: scheduled, catch-up, manual or backfill
   * @param cursor {@code next} of the page before
   * @param limit most runs of a page, 1 to 1000
   */
  @GetMapping
  Page list(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    return page(runs, null, state, kind, cursor, limit);
  }

  static Page page(
      RunTable runs,
      @Nullable String job,
      @Nullable String state,
      @Nullable String kind,
      @Nullable String cursor,
      int limit) {
    EventFilter.requireLimit(limit);
    requireOneOf("state", state, STATES);
    requireOneOf("kind", kind, KINDS);
    UUID before = cursor == null ? null : EventFilter.uuid("cursor", cursor);
    Slice<RunRecord> page = Slice.of(runs.page(job, state, kind, before, limit + 1), limit);
    return new Page(page.rows(), page.next(RunRecord::id));
  }

  private static void requireOneOf(String name, @Nullable String value, List<String> known) {
    if (value != null && !known.contains(value)) {
      throw Problem.badRequest(
          "Parameter '%s' is '%s'; it must be one of %s".formatted(name, value, known));
    }
  }

  /**
   * Shows a run.
   *
   * @param id the run
   */
  @GetMapping("/{id}")
  RunRecord show(@PathVariable UUID id) {
    return runs.run(id);
  }

  /**
   * Lists what a run has logged, the first line first.
   *
   * @param id the run
   * @param after only lines after the one of this number
   * @param limit most lines, 1 to 1000
   */
  @GetMapping("/{id}/log")
  Log log(
      @PathVariable UUID id,
      @RequestParam(defaultValue = "0") int after,
      @RequestParam(defaultValue = "1000") int limit) {
    EventFilter.requireLimit(limit);
    RunRecord run = runs.run(id);
    return new Log(run.id(), run.state(), runs.lines(id, after, limit));
  }

  /**
   * Ends a run: at once while it waits, soon while it is handled. What it writes after that is
   * refused.
   *
   * @param id the run
   */
  @PostMapping("/{id}/cancel")
  Cancelled cancel(@PathVariable UUID id) throws SQLException {
    return new Cancelled(id, control.cancel(id));
  }

  /**
   * One page of runs.
   *
   * @param runs the newest first
   * @param next the cursor of the page after it; missing on the last one
   */
  record Page(List<RunRecord> runs, @Nullable UUID next) {}

  /**
   * What a run has logged.
   *
   * @param id the run
   * @param state the run's state: more lines may come while it is ready or running
   * @param lines the first one first
   */
  record Log(UUID id, String state, List<RunTable.Line> lines) {}

  /**
   * A run that was to end.
   *
   * @param id the run
   * @param cancelled whether it was open
   */
  record Cancelled(UUID id, boolean cancelled) {}
}
