package dev.serai.job;

import dev.serai.event.EventIds;
import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What can be asked about runs. */
public final class RunTable {

  private static final String RUNS =
      """
      select r.*, j.name as job, coalesce(d.state, 'forgotten') as state, d.cause, d.attempts, d.token,
        d.node, d.due_at, d.claimed_at, d.finished_at, d.result,
        to_timestamp(('x' || substr(replace(r.event_id::text, '-', ''), 1, 12))::bit(48)::bigint
          / 1000.0) as made_at
      from serai.run r join serai.job j on j.id = r.job_id
        left join serai.delivery d
          on d.event_id = r.event_id and d.subscription_id = j.subscription_id
      """;

  private static final String PAGE =
      RUNS
          + """
          where (:job::text is null or j.name = :job)
            and (:state::text is null or coalesce(d.state, 'forgotten') = :state)
            and (:kind::text is null or r.kind = :kind)
            and (:cursor::uuid is null or r.event_id < :cursor)
          order by r.event_id desc limit :most
          """;

  private final JdbcClient jdbc;

  RunTable(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Runs, the newest first; what is null is not asked for. */
  public List<RunRecord> page(
      @Nullable String job,
      @Nullable String state,
      @Nullable String kind,
      @Nullable UUID cursor,
      int most) {
    return jdbc.sql(PAGE)
        .param("job", job, Types.VARCHAR)
        .param("state", state, Types.VARCHAR)
        .param("kind", kind, Types.VARCHAR)
        .param("cursor", cursor, Types.OTHER)
        .param("most", most)
        .query(RunTable::read)
        .list();
  }

  /**
   * @throws NoSuchJobException when there is none
   */
  public RunRecord run(UUID id) {
    return jdbc.sql(RUNS + "where r.event_id = :id")
        .param("id", id)
        .query(RunTable::read)
        .optional()
        .orElseThrow(() -> new NoSuchJobException("run", id));
  }

  /**
   * Lines of a run's log.
   *
   * @param after the number of the line that they follow; 0 for all
   */
  public List<Line> lines(UUID run, int after, int most) {
    return jdbc.sql(
            """
            select number, at, attempt, line from serai.run_line
            where event_id = :run and number > :after order by number limit :most
            """)
        .param("run", run)
        .param("after", after)
        .param("most", most)
        .query(
            (row, number) ->
                new Line(
                    row.getInt("number"),
                    Times.instant(row, "at"),
                    row.getInt("attempt"),
                    row.getString("line")))
        .list();
  }

  private static RunRecord read(ResultSet row, int number) throws SQLException {
    UUID id = row.getObject("event_id", UUID.class);
    return new RunRecord(
        id,
        row.getString("job"),
        Times.instant(row, "slot"),
        row.getString("kind"),
        row.getString("state"),
        row.getString("cause"),
        JobRows.map(row.getString("parameters")),
        row.getString("requested_by"),
        row.getInt("attempts"),
        row.getInt("token"),
        row.getObject("node", Integer.class),
        Times.instant(row, "made_at"),
        Times.instantOrNull(row, "due_at"),
        Times.instantOrNull(row, "claimed_at"),
        Times.instantOrNull(row, "finished_at"),
        row.getObject("progress", Integer.class),
        row.getString("message"),
        row.getString("result"),
        row.getInt("lines"),
        EventIds.traceId(id, null));
  }

  /**
   * A line of a run's log.
   *
   * @param number 1 for the first
   * @param at when it was written
   * @param attempt which attempt wrote it
   * @param line its text
   */
  public record Line(int number, Instant at, int attempt, String line) {}
}
