package dev.serai.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of jobs. */
final class JobRows {

  /** Hubs say every ten seconds which jobs they have; a job that none has makes no runs. */
  static final Duration DECLARED = Duration.ofSeconds(35);

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          // What a newer hub has written beside.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private static final String SELECT =
      "select id, name, subscription_id, definition, overlap, next_at from serai.job ";

  private static final String SET_NEXT =
      """
      update serai.job j set next_at = n.next_at
      from unnest(:jobs::int[], :next::timestamptz[]) as n (id, next_at) where j.id = n.id
      """;

  private final JdbcClient jdbc;

  JobRows(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The jobs that are due, locked; those that another hub looks at are left to it. */
  List<Job> lockDue(Instant now, int most) {
    return jdbc.sql(
            SELECT
                + """
                where state = 'active' and next_at <= :now and declared_at > :declared
                order by next_at limit :most for update skip locked
                """)
        .param("now", Times.utc(now))
        .param("declared", Times.utc(now.minus(DECLARED)))
        .param("most", most)
        .query(JobRows::read)
        .list();
  }

  /** The job of this name, locked until the transaction ends. */
  Optional<Job> lock(String name) {
    return jdbc.sql(SELECT + "where name = :name for update")
        .param("name", name)
        .query(JobRows::read)
        .optional();
  }

  /** From this moment on it is due and expected to succeed. */
  void begin(Job job, Definition definition, Instant now) {
    Schedule schedule = definition.schedule();
    setNext(
        List.of(job.id()),
        Collections.singletonList(schedule == null ? null : schedule.next(now).orElse(null)));
    setExpected(job.id(), definition.expectedAfter(now));
  }

  void setExpected(int job, @Nullable Instant expected) {
    expect("", job, expected);
  }

  /** A hub of the version before has made the job, and expected nothing. */
  void expectUnlessExpected(int job, @Nullable Instant expected) {
    expect(" and expected_at is null", job, expected);
  }

  private void expect(String condition, int job, @Nullable Instant expected) {
    jdbc.sql("update serai.job set expected_at = :expected where id = :job" + condition)
        .param(
            "expected",
            expected == null ? null : Times.utc(expected),
            Types.TIMESTAMP_WITH_TIMEZONE)
        .param("job", job)
        .update();
  }

  /**
   * @param next of each job its next slot, null where there is none
   */
  void setNext(List<Integer> jobs, List<? extends @Nullable Instant> next) {
    jdbc.sql(SET_NEXT)
        .param("jobs", jobs.toArray(Integer[]::new))
        .param("next", next.stream().map(JobRows::timestamp).toArray(String[]::new))
        .update();
  }

  private static @Nullable String timestamp(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  int insert(String name, int subscription, Definition definition, Overlap overlap, Instant now) {
    return jdbc.sql(
            """
            insert into serai.job (name, subscription_id, definition, overlap, created_at,
              declared_at, changed_at)
            values (:name, :subscription, :definition::jsonb, :overlap, :now, :now, :now)
            on conflict (name) do nothing
            """)
        .param("name", name)
        .param("subscription", subscription)
        .param("definition", text(definition))
        .param("overlap", overlap.word())
        .param("now", Times.utc(now))
        .update();
  }

  void change(int id, int subscription, Definition definition, Overlap overlap, Instant now) {
    jdbc.sql(
            """
            update serai.job set subscription_id = :subscription, definition = :definition::jsonb,
              overlap = :overlap, changed_at = :now where id = :id
            """)
        .param("subscription", subscription)
        .param("definition", text(definition))
        .param("overlap", overlap.word())
        .param("now", Times.utc(now))
        .param("id", id)
        .update();
  }

  /** Notes that this hub has these jobs' routes. */
  void touch(Collection<String> names, Instant now) {
    jdbc.sql("update serai.job set declared_at = :now where name = any(:names)")
        .param("now", Times.utc(now))
        .param("names", names.toArray(String[]::new))
        .update();
  }

  boolean setState(String name, String from, String to, @Nullable String reason, Instant now) {
    return jdbc.sql(
                """
                update serai.job set state = :to, reason = :reason, changed_at = :now
                where name = :name and state = :from
                """)
            .param("to", to)
            .param("reason", reason, Types.VARCHAR)
            .param("now", Times.utc(now))
            .param("name", name)
            .param("from", from)
            .update()
        > 0;
  }

  static Job read(ResultSet row, int number) throws SQLException {
    return new Job(
        row.getInt("id"),
        row.getString("name"),
        row.getInt("subscription_id"),
        definition(row.getString("definition")),
        Overlap.of(row.getString("overlap")),
        Times.instantOrNull(row, "next_at"));
  }

  static Definition definition(String text) {
    try {
      return JSON.readValue(text, Definition.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The definition of a job can't be read: " + text, e);
    }
  }

  static Map<String, Object> map(String text) {
    try {
      return JSON.readValue(text, MAP);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("No object: " + text, e);
    }
  }

  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
