package dev.serai.job;

import dev.serai.event.Times;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What monitors of jobs were told, and what there is to tell them. */
final class PingTable {

  /** Whoever takes one has so long for it; then another hub may. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  /** The newest run that is handled, and the newest that has ended, of each job that is due. */
  private static final String TAKE =
      """
      with known as (
        insert into serai.job_ping (job_id, next_at)
        select id, :now from serai.job where name = any(:jobs)
          and not exists (select from serai.job_ping p where p.job_id = id)
        on conflict do nothing
      ), taken as (
        update serai.job_ping p set next_at = :lease
        from (select p.job_id from serai.job_ping p join serai.job j on j.id = p.job_id
          where j.name = any(:jobs) and p.next_at <= :now for update of p skip locked) as t
        where p.job_id = t.job_id
        returning p.*
      )
      select t.job_id, t.failures, j.name, news.started, news.ended, news.state
      from taken t join serai.job j on j.id = t.job_id, lateral (
        select
          (select r.event_id from serai.run r join serai.delivery d
              on d.event_id = r.event_id and d.subscription_id = j.subscription_id
            where r.job_id = j.id and d.state = 'running'
              and (t.started is null or r.event_id > t.started)
            order by r.event_id desc limit 1) as started,
          e.event_id as ended, e.state
        from (select) as always left join lateral (
          select r.event_id, d.state from serai.run r join serai.delivery d
              on d.event_id = r.event_id and d.subscription_id = j.subscription_id
            where r.job_id = j.id and d.state in ('done', 'dead', 'cancelled')
              and r.event_id > coalesce(t.ended, serai.least_id(j.changed_at))
            order by r.event_id desc limit 1) as e on true) as news
      """;

  private final JdbcClient jdbc;

  PingTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What is to be told now, for this hub alone. */
  List<News> take(Collection<String> jobs, Instant now) {
    return jdbc.sql(TAKE)
        .param("jobs", jobs.toArray(String[]::new))
        .param("now", Times.utc(now))
        .param("lease", Times.utc(now.plus(LEASE)))
        .query(
            (row, number) ->
                new News(
                    row.getInt("job_id"),
                    row.getString("name"),
                    row.getInt("failures"),
                    row.getObject("started", UUID.class),
                    row.getObject("ended", UUID.class),
                    row.getString("state")))
        .list();
  }

  /** The monitor knows it. */
  void told(News news, Instant now) {
    jdbc.sql(
            """
            update serai.job_ping set started = coalesce(:started, started),
              ended = coalesce(:ended, ended), failures = 0, next_at = :now,
              told_at = case when :any then :now else told_at end
            where job_id = :job
            """)
        .param("started", news.started(), Types.OTHER)
        .param("ended", news.ended(), Types.OTHER)
        .param("any", news.isAny())
        .param("now", Times.utc(now))
        .param("job", news.jobId())
        .update();
  }

  void failed(News news, Instant next) {
    jdbc.sql(
            """
            update serai.job_ping set failures = failures + 1, next_at = :next where job_id = :job
            """)
        .param("next", Times.utc(next))
        .param("job", news.jobId())
        .update();
  }

  /**
   * What a monitor does not know yet.
   *
   * @param failures how often it has not taken a ping, in a row
   * @param started a run that has begun
   * @param ended a run that has ended
   * @param state how that was
   */
  record News(
      int jobId,
      String job,
      int failures,
      @Nullable UUID started,
      @Nullable UUID ended,
      @Nullable String state) {

    boolean isAny() {
      return started != null || ended != null;
    }

    boolean isDone() {
      return "done".equals(state);
    }
  }
}
