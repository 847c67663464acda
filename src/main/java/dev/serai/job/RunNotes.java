package dev.serai.job;

import dev.serai.event.Claimed;
import dev.serai.event.Times;
import java.sql.Types;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes progress and log of a run at once, whatever becomes of the route's own transaction. */
final class RunNotes {

  /** Lines of a run that are kept. */
  static final int MOST_LINES = 1_000;

  private static final int LONGEST_MESSAGE = 500;
  private static final int LONGEST_LINE = 4_000;

  /** An attempt that no longer holds the delivery changes nothing. */
  private static final String NOTE =
      """
      with noted as (
        update serai.run r set progress = coalesce(:progress, r.progress),
          message = coalesce(:message, r.message),
          lines = r.lines + case when :line::text is null then 0 else 1 end
        from serai.delivery d
        where r.event_id = :event and d.event_id = r.event_id and d.subscription_id = :subscription
          and d.token = :token and d.state = 'running'
        returning r.event_id, r.lines
      ), logged as (
        insert into serai.run_line (event_id, number, at, attempt, line)
        select event_id, lines, :now, :attempt, :line from noted
        where :line::text is not null and lines <= :most
      )
      select count(*) from noted
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  RunNotes(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * @throws IllegalStateException when the attempt holds the run no longer
   */
  void note(
      Claimed run, @Nullable Integer progress, @Nullable String message, @Nullable String line) {
    int noted =
        jdbc.sql(NOTE)
            .param("progress", progress, Types.INTEGER)
            .param("message", cut(message, LONGEST_MESSAGE), Types.VARCHAR)
            .param("line", cut(line, LONGEST_LINE), Types.VARCHAR)
            .param("event", run.event().id())
            .param("subscription", run.subscriptionId())
            .param("token", run.token())
            .param("attempt", run.attempt())
            .param("now", Times.utc(clock.instant()))
            .param("most", MOST_LINES)
            .query(Integer.class)
            .single();
    if (noted == 0) {
      throw new IllegalStateException(
          "Run %s is not this attempt's any more; nothing is noted".formatted(run.event().id()));
    }
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }
}
