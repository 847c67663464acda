package dev.serai.job;

import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the jobs that are worth a look: most of thousands are not. */
final class Suspects {

  private static final String FIND =
      """
      with late as (
        select j.id, count(*) as runs, min(r.slot) as slot
        from serai.job j
          join serai.delivery d on d.subscription_id = j.subscription_id and d.open
          join serai.run r on r.event_id = d.event_id and r.job_id = j.id
        where j.state = 'active' and d.state = 'ready' and d.attempts = 0
          and r.kind in ('scheduled', 'manual')
          and r.slot < :now - greatest((j.definition ->> 'grace')::interval, :least::interval)
        group by j.id
      ), suspect as (
        select id from serai.job where state = 'active' and (expected_at < :now or next_at < :untaken)
        union select id from late
        union select job_id from serai.job_alert
      )
      select j.id, j.name, j.subscription_id, j.definition, j.overlap, j.next_at, j.expected_at,
        case s.state when 'retired' then 'retired' else j.state end as state,
        coalesce(l.runs, 0) as late, l.slot as late_slot, success.at as succeeded_at
      from suspect join serai.job j using (id)
        join serai.subscription s on s.id = j.subscription_id
        left join late l on l.id = j.id
        left join lateral (
          select d.finished_at as at
          from (select event_id from serai.run r where r.job_id = j.id
            order by event_id desc limit 1000) as r
            join serai.delivery d
              on d.event_id = r.event_id and d.subscription_id = j.subscription_id
          where d.state = 'done' order by r.event_id desc limit 1) as success on true
      order by j.id
      """;

  private final JdbcClient jdbc;
  private final AlertTable alerts;

  Suspects(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.alerts = new AlertTable(jdbc);
  }

  List<OpenAlert> alerts() {
    return alerts.all();
  }

  List<Suspect> find(Instant now) {
    Map<Integer, List<OpenAlert>> open = alerts.byJob();
    return jdbc.sql(FIND)
        .param("now", Times.utc(now))
        .param("untaken", Times.utc(now.minus(Alerts.LEAST_LATENESS)))
        .param("least", Alerts.LEAST_LATENESS.toString())
        .query(
            (row, number) -> {
              Job job = JobRows.read(row, number);
              return read(row, job, open.getOrDefault(job.id(), List.of()));
            })
        .list();
  }

  private static Suspect read(ResultSet row, Job job, List<OpenAlert> alerts) throws SQLException {
    return new Suspect(
        job,
        row.getString("state"),
        Times.instantOrNull(row, "expected_at"),
        row.getInt("late"),
        Times.instantOrNull(row, "late_slot"),
        Times.instantOrNull(row, "succeeded_at"),
        alerts.stream().collect(Collectors.toMap(OpenAlert::cause, OpenAlert::raisedAt)));
  }
}
