package dev.serai.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job and how it does.
 *
 * @param name its name
 * @param route the route that handles its runs
 * @param state {@code active}; {@code paused}: it makes no runs by the clock; {@code retired}: no
 *     hub has had its route for a week
 * @param reason why it is paused
 * @param live whether a hub has its route; without one it makes no runs
 * @param changedAt when its route last said something else, or it was paused or resumed
 * @param plan what its route says
 * @param nextSlots its next ten slots; none when it runs on request only
 * @param openRuns runs that wait or are handled
 * @param lastRun its last run that has ended
 * @param alerts what is wrong with it now, the longest first
 */
public record JobRecord(
    String name,
    String route,
    String state,
    @Nullable String reason,
    boolean live,
    Instant changedAt,
    Plan plan,
    List<Instant> nextSlots,
    int openRuns,
    @Nullable LastRun lastRun,
    List<Alert> alerts) {

  /**
   * What a route says of its job; what it doesn't say is missing.
   *
   * @param schedule when it runs, in one line; missing when it runs on request only
   * @param cron when it runs, by the clocks of the zone
   * @param zone the time zone of cron
   * @param every the interval in which it runs
   * @param at the one time at which it runs
   * @param overlap what becomes of a slot while a run is open
   * @param catchUp what becomes of slots that no hub was there for
   * @param grace how late a slot may be taken and still be in time, as ISO 8601 writes it
   * @param timeout how long an attempt may take
   * @param successWithin how long after its slot a run must have succeeded; zero when nobody wants
   *     to know
   * @param queue the queue that it is in
   * @param parameters what runs may be given, with types and defaults
   */
  public record Plan(
      @Nullable String schedule,
      @Nullable String cron,
      @Nullable String zone,
      @Nullable String every,
      @Nullable String at,
      String overlap,
      String catchUp,
      Duration grace,
      Duration timeout,
      Duration successWithin,
      @Nullable String queue,
      @Nullable String parameters) {

    static Plan of(Job job) {
      Definition definition = job.definition();
      Schedule schedule = definition.schedule();
      return new Plan(
          schedule == null ? null : schedule.text(),
          text(definition.cron()),
          text(definition.zone()),
          text(definition.every()),
          text(definition.at()),
          job.overlap().word(),
          definition.catchUp().word(),
          definition.grace(),
          definition.timeout(),
          definition.successWithin(),
          text(definition.queue()),
          text(definition.parameters()));
    }

    private static @Nullable String text(String value) {
      return value.isEmpty() ? null : value;
    }
  }

  /**
   * How the last run was.
   *
   * @param slot its slot
   * @param state {@code done}, {@code dead}, {@code cancelled} or {@code skipped}
   * @param finishedAt when it ended
   */
  public record LastRun(Instant slot, String state, @Nullable Instant finishedAt) {}

  /**
   * What is wrong with a job.
   *
   * @param cause {@code missed}: slots have passed without a run in time; {@code late}: a run has
   *     not begun in time; {@code overdue}: none has succeeded in time
   * @param since when that was found
   * @param slot the first slot that it is about
   * @param detail the same for people
   */
  public record Alert(String cause, Instant since, @Nullable Instant slot, String detail) {

    static Alert of(OpenAlert alert) {
      return new Alert(alert.cause().word(), alert.raisedAt(), alert.slot(), alert.detail());
    }
  }
}
