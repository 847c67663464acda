package dev.serai.queue;

import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What can be asked about queues and their jobs. */
public final class JobRecords {

  /** A backlog of millions is as clear from ten thousand. */
  private static final int COUNT_LIMIT = 10_000;

  private static final String LENGTHS =
      """
      select substr(s.name, 7) as name, s.state = 'paused' as paused, s.max_attempts, o.waiting,
        o.delayed, o.processing, o.oldest, f.failed
      from serai.subscription s,
        lateral (select
          count(*) filter (where d.state = 'ready' and d.due_at <= :now) as waiting,
          count(*) filter (where d.state = 'ready' and d.due_at > :now) as delayed,
          count(*) filter (where d.state = 'running') as processing,
          min(d.due_at) filter (where d.state = 'ready' and d.due_at <= :now) as oldest
          from (select state, due_at from serai.delivery d
            where d.open and d.subscription_id = s.id limit :most) as d) as o,
        lateral (select count(*) as failed from (
          select 1 from serai.delivery d
          where d.dead and d.subscription_id = s.id limit :most) as d) as f
      where s.state <> 'retired' and starts_with(s.name, 'queue-')
        and 'queue.' || substr(s.name, 7) || '.enqueued' = any(s.types)
        and (:name::text is null or s.name = 'queue-' || :name)
      order by s.name
      """;

  private static final String JOBS =
      """
      select d.event_id, d.state, d.priority, d.attempts, s.max_attempts, d.due_at, d.claimed_at,
        d.finished_at, d.cause, d.result, e.received_at, e.workspace, e.subject, l.worker,
        l.lease_until, case when e.sensitive then null else e.body end as body,
        case when d.cause is not null then (select a.detail from serai.attempt a
          where a.event_id = d.event_id and a.subscription_id = d.subscription_id
          order by a.token desc limit 1) end as error
      from serai.delivery d join serai.subscription s on s.id = d.subscription_id
        join serai.event e on e.id = d.event_id
        left join serai.queue_lease l on l.event_id = d.event_id
          and l.subscription_id = d.subscription_id and l.token = d.token and d.state = 'running'
      """;

  private static final String ONE = JOBS + "where d.event_id = :id and s.name = :queue";

  private static final String NEXT =
      JOBS
          + """
          where d.open and d.state = 'ready' and d.due_at <= :now and s.name = :queue
          order by d.priority desc, d.due_at, d.sequence limit :most
          """;

  private final JdbcClient jdbc;
  private final Clock clock;

  JobRecords(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** How long all queues are, by name. */
  public List<QueueLength> lengths() {
    return lengths(null);
  }

  /**
   * How long a queue is.
   *
   * @throws UnknownJobException when there is none of this name
   */
  public QueueLength length(String queue) {
    return lengths(queue).stream()
        .findFirst()
        .orElseThrow(() -> new UnknownJobException("queue", queue));
  }

  private List<QueueLength> lengths(@Nullable String queue) {
    return jdbc.sql(LENGTHS)
        .param("now", Times.utc(clock.instant()))
        .param("most", COUNT_LIMIT)
        .param("name", queue)
        .query(
            (row, number) ->
                new QueueLength(
                    row.getString("name"),
                    row.getBoolean("paused"),
                    row.getInt("max_attempts"),
                    row.getInt("waiting"),
                    row.getInt("delayed"),
                    row.getInt("processing"),
                    row.getInt("failed"),
                    Times.instantOrNull(row, "oldest")))
        .list();
  }

  /** The record of a job. */
  public Optional<Job> find(String queue, UUID id) {
    return jdbc.sql(ONE)
        .param("id", id)
        .param("queue", QueueName.subscription(queue))
        .query((row, number) -> job(row, queue))
        .optional();
  }

  /** The jobs that would be handed out next, the first one first; they stay where they are. */
  public List<Job> next(String queue, int most) {
    length(queue);
    return jdbc.sql(NEXT)
        .param("now", Times.utc(clock.instant()))
        .param("queue", QueueName.subscription(queue))
        .param("most", most)
        .query((row, number) -> job(row, queue))
        .list();
  }

  private static Job job(ResultSet row, String queue) throws SQLException {
    JobStatus status = JobStatus.of(Objects.requireNonNull(row.getString("state")));
    boolean done = status == JobStatus.COMPLETED;
    Instant finishedAt = Times.instantOrNull(row, "finished_at");
    return new Job(
        row.getObject("event_id", UUID.class),
        queue,
        status,
        Math.max(0, row.getInt("priority")),
        row.getInt("attempts"),
        row.getInt("max_attempts"),
        Times.instant(row, "received_at"),
        Times.instant(row, "due_at"),
        Times.instantOrNull(row, "claimed_at"),
        status == JobStatus.PENDING || status == JobStatus.PROCESSING ? null : finishedAt,
        row.getString("worker"),
        Times.instantOrNull(row, "lease_until"),
        row.getString("workspace"),
        row.getString("subject"),
        row.getBytes("body"),
        done ? row.getString("result") : null,
        row.getString("cause"),
        status == JobStatus.CANCELLED ? row.getString("result") : row.getString("error"));
  }
}
