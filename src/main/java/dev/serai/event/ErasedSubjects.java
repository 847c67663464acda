package dev.serai.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The subjects that were forgotten, and must be when older data comes back. */
public final class ErasedSubjects {

  private final JdbcClient jdbc;

  ErasedSubjects(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Remembers one, once. */
  public void learn(ErasedSubject subject) {
    jdbc.sql(
            """
            insert into serai.erased_subject (id, at, salt, hash, workspace, source)
            values (:id, :at, :salt, :hash, :workspace, :source) on conflict do nothing
            """)
        .param("id", subject.id())
        .param("at", Times.utc(subject.at()))
        .param("salt", subject.salt())
        .param("hash", subject.hash())
        .param("workspace", subject.workspace())
        .param("source", subject.source())
        .update();
  }

  /** All of them, as they are known now. */
  public Known known() {
    return new Known(
        jdbc.sql("select id, at, salt, hash, workspace, source from serai.erased_subject")
            .query(
                (row, number) ->
                    new ErasedSubject(
                        row.getObject("id", UUID.class),
                        Times.instant(row, "at"),
                        row.getString("salt"),
                        row.getString("hash"),
                        row.getString("workspace"),
                        row.getString("source")))
            .list());
  }

  /** Some forgotten subjects. */
  public record Known(List<ErasedSubject> subjects) {

    /** The event as it may come back: without what was to be forgotten. */
    public LoggedEvent applied(LoggedEvent event) {
      Instant at =
          event.erasedAt() != null || event.subject() == null
              ? null
              : subjects.stream()
                  .filter(subject -> subject.has(event))
                  .map(ErasedSubject::at)
                  .findFirst()
                  .orElse(null);
      return at == null ? event : event.erased(at);
    }
  }
}
