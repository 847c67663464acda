package dev.serai.queue;

import dev.serai.event.Claimed;
import dev.serai.event.Event;
import dev.serai.event.SensitiveBodies;
import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of jobs that workers hold, and their leases. */
class Leases {

  private static final String DEQUEUE =
      "select * from serai.dequeue_1(:queue, :now, :until, :worker, :most)";

  private static final String HELD =
      """
      select d.event_id, d.attempts, d.token, d.replays, d.cancel, d.claimed_at, s.max_attempts,
        d.state = 'running' and d.node = 0 as held, e.source, e.type, e.subject, e.workspace, e.time,
        e.received_at, e.content_type, e.key, e.causation_id, e.hops, e.sensitive, e.trace
      from serai.delivery d join serai.subscription s on s.id = d.subscription_id
        join serai.event e on e.id = d.event_id
      where d.event_id = :event and d.subscription_id = :queue and e.id = :event
      """;

  private static final String EXTEND =
      """
      update serai.queue_lease set lease_until = :until
      where event_id = :event and subscription_id = :queue and token = :token
      """;

  private static final String FORGET =
      """
      delete from serai.queue_lease l
      using unnest(:events, :queues, :tokens) as ended (event_id, subscription_id, token)
      where l.event_id = ended.event_id and l.subscription_id = ended.subscription_id
        and l.token = ended.token
      """;

  private static final byte[] NO_BODY = {};

  private final JdbcClient jdbc;
  private final SensitiveBodies bodies;
  private final Clock clock;
  private final Gate gate = new Gate();
  private final Queue<Claimed> ended = new ConcurrentLinkedQueue<>();

  Leases(JdbcClient jdbc, SensitiveBodies bodies, Clock clock) {
    this.jdbc = jdbc;
    this.bodies = bodies;
    this.clock = clock;
  }

  /** Hands out what is ready and due, the most urgent first. */
  List<LeasedJob> take(int queue, String worker, Instant until, int most) {
    return gate.through(
        () ->
            jdbc.sql(DEQUEUE)
                .param("queue", queue)
                .param("now", Times.micros(clock.instant()))
                .param("until", Times.micros(until))
                .param("worker", worker)
                .param("most", most)
                .query((row, number) -> leased(row, until))
                .list());
  }

  private LeasedJob leased(ResultSet row, Instant until) throws SQLException {
    UUID id = row.getObject("event_id", UUID.class);
    byte[] body = row.getBytes("body");
    return new LeasedJob(
        id,
        row.getInt("token"),
        row.getInt("attempts"),
        Math.max(0, row.getInt("priority")),
        Times.instant(row, "received_at"),
        until,
        row.getString("workspace"),
        row.getString("subject"),
        row.getBoolean("sensitive") ? bodies.open(id, body) : body);
  }

  /** A job, whoever has it. */
  Optional<HeldJob> held(int queue, UUID id) {
    return gate.through(
        () ->
            jdbc.sql(HELD)
                .param("event", id)
                .param("queue", queue)
                .query((row, number) -> held(row, queue))
                .optional());
  }

  private HeldJob held(ResultSet row, int queue) throws SQLException {
    Claimed delivery =
        new Claimed(
            Event.of(row, NO_BODY),
            queue,
            row.getInt("attempts"),
            row.getInt("replays"),
            false,
            row.getInt("token"),
            row.getString("trace"),
            null);
    return new HeldJob(
        delivery,
        row.getBoolean("held"),
        row.getBoolean("cancel"),
        row.getInt("max_attempts"),
        Objects.requireNonNullElseGet(Times.instantOrNull(row, "claimed_at"), clock::instant));
  }

  boolean extend(Claimed job, Instant until) {
    return gate.through(() -> of(job, EXTEND).param("until", Times.utc(until)).update() == 1);
  }

  /** The job has ended; its lease goes with the next {@link #forgetEnded}. */
  void ended(Claimed job) {
    ended.add(job);
  }

  /**
   * Removes the leases of jobs that have ended, many at a time. Nothing depends on it: a crash
   * before it leaves leases at whose end no such job is found.
   */
  void forgetEnded() {
    List<Claimed> jobs = new ArrayList<>();
    for (Claimed job = ended.poll(); job != null; job = ended.poll()) {
      jobs.add(job);
    }
    if (!jobs.isEmpty()) {
      jdbc.sql(FORGET)
          .param("events", jobs.stream().map(job -> job.event().id()).toArray(UUID[]::new))
          .param("queues", jobs.stream().map(Claimed::subscriptionId).toArray(Integer[]::new))
          .param("tokens", jobs.stream().map(Claimed::token).toArray(Integer[]::new))
          .update();
    }
  }

  private JdbcClient.StatementSpec of(Claimed job, String sql) {
    return jdbc.sql(sql)
        .param("event", job.event().id())
        .param("queue", job.subscriptionId())
        .param("token", job.token());
  }

  /** Takes back jobs whose leases have ended; returns how many leases had. */
  int end(int most) {
    return jdbc.sql("select serai.end_leases_1(:now, :most)")
        .param("now", Times.micros(clock.instant()))
        .param("most", most)
        .query(Integer.class)
        .single();
  }
}
