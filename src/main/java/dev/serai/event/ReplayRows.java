package dev.serai.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of replays. */
final class ReplayRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JdbcClient jdbc;

  ReplayRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Replay replay) {
    jdbc.sql(
            """
            insert into serai.replay (id, kind, filter, subscription, rate, state, who, reason,
              started_at, ended_at, position, until, due_before, total, matched, replayed, skipped,
              next_at)
            values (:id, :kind, :filter::jsonb, :subscription, :rate, :state, :who, :reason,
              :startedAt, :endedAt, :position, :until, :dueBefore, :total, :matched, :replayed,
              :skipped, :startedAt)
            """)
        .param("id", replay.id())
        .param("kind", replay.kind())
        .param("filter", json(replay.filter()))
        .param("subscription", replay.subscription())
        .param("rate", replay.rate())
        .param("state", replay.state())
        .param("who", replay.who())
        .param("reason", replay.reason())
        .param("startedAt", Times.utc(replay.startedAt()))
        .param("endedAt", utc(replay.endedAt()))
        .param("position", replay.position())
        .param("until", replay.until())
        .param("dueBefore", utc(replay.dueBefore()))
        .param("total", replay.total())
        .param("matched", replay.matched())
        .param("replayed", replay.replayed())
        .param("skipped", replay.skipped())
        .update();
  }

  private static @Nullable Object utc(@Nullable Instant time) {
    return time == null ? null : Times.utc(time);
  }

  private static String json(Map<String, String> filter) {
    try {
      return JSON.writeValueAsString(filter);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<Replay> find(UUID id) {
    return jdbc.sql("select * from serai.replay where id = :id")
        .param("id", id)
        .query(ReplayRows::read)
        .optional();
  }

  /** Replays before this one, the latest first. */
  List<Replay> before(@Nullable UUID cursor, @Nullable String state, int limit) {
    return jdbc.sql(
            """
            select * from serai.replay
            where (:cursor::uuid is null or id < :cursor)
              and (:state::text is null or state = :state)
            order by id desc limit :limit
            """)
        .param("cursor", cursor)
        .param("state", state)
        .param("limit", limit)
        .query(ReplayRows::read)
        .list();
  }

  /** Locks the running one whose page is due first, unless another has it. */
  Optional<Replay> lockDue(Instant now) {
    return jdbc.sql(
            """
            select * from serai.replay where state = 'running' and next_at <= :now
            order by next_at limit 1 for update skip locked
            """)
        .param("now", Times.utc(now))
        .query(ReplayRows::read)
        .optional();
  }

  /** When the next page of any is due, or null when none runs. */
  @Nullable Instant nextAt() {
    return jdbc.sql("select min(next_at) as next_at from serai.replay where state = 'running'")
        .query((row, number) -> Optional.ofNullable(Times.instantOrNull(row, "next_at")))
        .single()
        .orElse(null);
  }

  /** Whether one runs. */
  boolean isAnyRunning() {
    return jdbc.sql("select exists (select from serai.replay where state = 'running')")
        .query(Boolean.class)
        .single();
  }

  /** Records a page. */
  void advance(Replay replay, ReplayPage page, Instant now, Instant nextAt) {
    jdbc.sql(
            """
            update serai.replay set position = :position, matched = matched + :matched,
              replayed = replayed + :replayed, skipped = skipped + :skipped, next_at = :nextAt,
              waiting_for = :waitingFor, state = case when :last then 'done' else state end,
              ended_at = case when :last then :now end
            where id = :id
            """)
        .param("position", page.position())
        .param("matched", page.matched())
        .param("replayed", page.replayed())
        .param("skipped", page.skipped())
        .param("nextAt", Times.utc(nextAt))
        .param("waitingFor", page.waitingFor())
        .param("last", page.last())
        .param("now", Times.utc(now))
        .param("id", replay.id())
        .update();
  }

  /** Ends one that runs; says whether it did. */
  boolean end(UUID id, String state, @Nullable String error, Instant now) {
    return jdbc.sql(
                """
                update serai.replay set state = :state, error = :error, waiting_for = null,
                  ended_at = :now
                where id = :id and state = 'running'
                """)
            .param("state", state)
            .param("error", error)
            .param("now", Times.utc(now))
            .param("id", id)
            .update()
        > 0;
  }

  private static Replay read(ResultSet row, int number) throws SQLException {
    Long total = row.getObject("total", Long.class);
    String state = row.getString("state");
    long matched = row.getLong("matched");
    return new Replay(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        state,
        filter(row.getString("filter")),
        row.getString("subscription"),
        row.getInt("rate"),
        total,
        matched,
        row.getLong("replayed"),
        row.getLong("skipped"),
        Replay.progress(state, total, matched),
        row.getString("who"),
        row.getString("reason"),
        Times.instant(row, "started_at"),
        Times.instantOrNull(row, "ended_at"),
        row.getString("waiting_for"),
        row.getString("error"),
        Times.instantOrNull(row, "due_before"),
        row.getObject("position", UUID.class),
        row.getObject("until", UUID.class),
        Times.instant(row, "next_at"));
  }

  private static Map<String, String> filter(String json) {
    try {
      return JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A replay has a filter that is none: " + json, e);
    }
  }
}
