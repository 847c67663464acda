package dev.serai.job;

import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What can be asked about jobs. */
public final class JobTable {

  private static final int SLOTS = 10;

  private static final String JOBS =
      """
      select j.*, s.name as route, s.state as route_state, o.open, r.slot as last_slot, r.state as last_state,
        r.finished_at as last_finished_at
      from serai.job j join serai.subscription s on s.id = j.subscription_id,
        lateral (select count(*) as open from serai.run r join serai.delivery d
          on d.event_id = r.event_id and d.subscription_id = j.subscription_id
          where r.job_id = j.id and d.open) as o
        left join lateral (select r.slot, d.state, d.finished_at from serai.run r
          join serai.delivery d on d.event_id = r.event_id and d.subscription_id = j.subscription_id
          where r.job_id = j.id and not d.open order by r.event_id desc limit 1) as r on true
      where case when :name::text is null then s.state <> 'retired' else j.name = :name end
      order by j.name
      """;

  private final JdbcClient jdbc;
  private final AlertTable alerts;
  private final Clock clock;

  JobTable(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.alerts = new AlertTable(jdbc);
    this.clock = clock;
  }

  /** All jobs, by name. */
  public List<JobRecord> jobs() {
    return find(null);
  }

  /**
   * @throws NoSuchJobException when there is none
   */
  public JobRecord job(String name) {
    return find(name).stream().findFirst().orElseThrow(() -> new NoSuchJobException("job", name));
  }

  private List<JobRecord> find(@Nullable String name) {
    Map<Integer, List<OpenAlert>> open = alerts.byJob();
    return jdbc.sql(JOBS)
        .param("name", name, Types.VARCHAR)
        .query(
            (row, number) -> {
              Job job = JobRows.read(row, number);
              return read(row, job, open.getOrDefault(job.id(), List.of()));
            })
        .list();
  }

  private JobRecord read(ResultSet row, Job job, List<OpenAlert> open) throws SQLException {
    Instant lastSlot = Times.instantOrNull(row, "last_slot");
    return new JobRecord(
        job.name(),
        row.getString("route"),
        row.getString("route_state").equals("retired") ? "retired" : row.getString("state"),
        row.getString("reason"),
        Times.instant(row, "declared_at").isAfter(clock.instant().minus(JobRows.DECLARED)),
        Times.instant(row, "changed_at"),
        JobRecord.Plan.of(job),
        slots(job),
        row.getInt("open"),
        lastSlot == null
            ? null
            : new JobRecord.LastRun(
                lastSlot,
                row.getString("last_state"),
                Times.instantOrNull(row, "last_finished_at")),
        open.stream().map(JobRecord.Alert::of).toList());
  }

  private static List<Instant> slots(Job job) {
    List<Instant> slots = new ArrayList<>();
    Schedule schedule = job.definition().schedule();
    Optional<Instant> next = Optional.ofNullable(job.nextAt());
    while (schedule != null && next.isPresent() && slots.size() < SLOTS) {
      slots.add(next.get());
      next = schedule.next(next.get());
    }
    return slots;
  }
}
