package dev.serai.api;

import dev.serai.job.Backfill;
import dev.serai.job.JobControl;
import dev.serai.job.JobRecord;
import dev.serai.job.JobTable;
import dev.serai.job.RunRecord;
import dev.serai.job.RunTable;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Jobs: when they run, and what people do with them. */
@RestController
@RequestMapping("/api/v1/jobs")
class JobsController {

  private final JobTable jobs;
  private final JobControl control;
  private final RunTable runs;

  JobsController(JobTable jobs, JobControl control, RunTable runs) {
    this.jobs = jobs;
    this.control = control;
    this.runs = runs;
  }

  /** Lists the jobs with their next slots and their last run. */
  @GetMapping
  Listing list() {
    return new Listing(jobs.jobs());
  }

  /**
   * Shows a job with its next ten slots.
   *
   * @param name the job
   */
  @GetMapping("/{name}")
  JobRecord show(@PathVariable String name) {
    return jobs.job(name);
  }

  /**
   * Lists the runs of a job, the newest first.
   *
   * @param name the job
   * @param state only those in this state: ready, running, done, dead, cancelled or skipped
   * @param kind only these: scheduled, catch-up, manual or backfill
   * @param cursor {@code next} of the page before
   * @param limit most runs of a page, 1 to 1000
   */
  @GetMapping("/{name}/runs")
  RunsController.Page runs(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    jobs.job(name);
    return RunsController.page(runs, name, state, kind, cursor, limit);
  }

  /**
   * Makes a run now. The policy of overlap holds for it, too: the answer says what became of it.
   *
   * @param name the job
   */
  @PostMapping("/{name}/run")
  RunRecord run(
      @PathVariable String name, @RequestBody(required = false) @Nullable RunRequest run) {
    RunRequest request = run == null ? RunRequest.EMPTY : run;
    UUID id =
        Problem.checked(
            () -> control.run(name, request.values(), request.key(), Caller.because(null).who()));
    return runs.run(id);
  }

  /**
   * Makes runs of the slots of a range, the earliest first; they wait for one another and for what
   * runs. With {@code dry_run} it only lists the slots.
   *
   * @param name the job
   */
  @PostMapping("/{name}/backfill")
  Backfilled backfill(@PathVariable String name, @RequestBody BackfillRequest request) {
    Backfill backfill =
        Problem.checked(() -> request.of(name, control, Caller.because(null).who()));
    return new Backfilled(name, request.isDryRun(), backfill.slots(), backfill.runs());
  }

  /**
   * Makes no more runs of it by the clock; runs that are asked for go on.
   *
   * @param name the job
   * @param reason why, for whoever asks later
   */
  @PostMapping("/{name}/pause")
  Changed pause(@PathVariable String name, @RequestParam(defaultValue = "") String reason) {
    return new Changed(name, "paused", control.pause(name, reason));
  }

  /**
   * Goes on with the next slot; those of the pause are left out.
   *
   * @param name the job
   */
  @PostMapping("/{name}/resume")
  Changed resume(@PathVariable String name) {
    return new Changed(name, "active", control.resume(name));
  }

  /**
   * The jobs.
   *
   * @param jobs by name
   */
  record Listing(List<JobRecord> jobs) {}

  /**
   * A job that was told to pause or to go on.
   *
   * @param name the job
   * @param state the state that it has now
   * @param changed whether it had another before
   */
  record Changed(String name, String state, boolean changed) {}

  /**
   * What was filled in.
   *
   * @param name the job
   * @param dryRun whether runs were only listed
   * @param slots the slots, the earliest first
   * @param runs the runs made of them, in the same order; none of a dry run
   */
  record Backfilled(String name, boolean dryRun, List<Instant> slots, List<UUID> runs) {}
}
