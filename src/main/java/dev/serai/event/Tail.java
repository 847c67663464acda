package dev.serai.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Follows the log: gives every accepted event once, as soon as its transaction is committed, in
 * whatever order transactions of whichever hubs commit.
 */
public final class Tail {

  /** Events read at a time; each may have megabytes. */
  private static final int PAGE = 50;

  private static final String WINDOW =
      """
      select e.id, e.source, e.type, e.key, e.subject, e.time, e.received_at, e.content_type,
        e.sensitive, case when e.sensitive then ''::bytea else e.body end as body
      from serai.event e
      where e.id > :after and not e.conflict
        and (:source::text is null or e.source = :source)
        and (:types::text is null or e.type ~ :types)
        and (e.tx is null or e.id < :floor or pg_visible_in_snapshot(e.tx, :until::pg_snapshot))
        and (:since::text is null or not pg_visible_in_snapshot(e.tx, :since::pg_snapshot))
      order by e.id limit :most
      """;

  private final JdbcClient jdbc;

  public Tail(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * What a follower wants to see.
   *
   * @param source only of this source; of all, if null
   * @param types only of these types, with {@code *} as subscriptions write it; of all, if empty
   */
  public record Filter(@Nullable String source, List<String> types) {

    /**
     * @throws IllegalArgumentException naming the type that is none
     */
    public Filter {
      new TypePattern(types);
    }

    /** PostgreSQL's regular expression for the types. */
    private @Nullable String expression() {
      return types.isEmpty()
          ? null
          : types.stream().map(Filter::expression).collect(Collectors.joining("|", "^(", ")$"));
    }

    private static String expression(String type) {
      List<String> segments = List.of(type.split("\\.", -1));
      String head =
          segments.stream()
              .limit(segments.size() - 1L)
              .map(segment -> segment.equals("*") ? "[^.]+" : literal(segment))
              .map(segment -> segment + "\\.")
              .collect(Collectors.joining());
      return head + (segments.getLast().equals("*") ? ".+" : literal(segments.getLast()));
    }

    private static String literal(String segment) {
      return segment.replaceAll("([^A-Za-z0-9])", "\\\\$1");
    }
  }

  /**
   * Some of what there is to see.
   *
   * @param events none, if this was all there is at the moment
   * @param next where to go on
   */
  public record Page(List<TailedEvent> events, TailCursor next) {
    private static Page of(List<TailedEvent> events, TailCursor empty) {
      return new Page(events, events.isEmpty() ? empty : events.getLast().cursor());
    }
  }

  /** The place before everything that becomes visible from now on. */
  public TailCursor now() {
    Taken taken = snapshot();
    return TailCursor.now(taken.snapshot(), taken.at());
  }

  /** The place behind all events received before this time, as far as they are visible now. */
  public TailCursor from(Instant time) {
    return behind(EventIds.least(time));
  }

  /** The place behind this event. */
  public TailCursor behind(UUID event) {
    Taken taken = snapshot();
    return TailCursor.behind(event, taken.snapshot(), taken.at());
  }

  /** Whether a place is of this database: another has not come as far, or counts anew. */
  public boolean isOfThisDatabase(TailCursor cursor) {
    return cursor.until().next() <= snapshot().snapshot().next();
  }

  /** Reads on: the rest of the window, or the next one when it is read. */
  public Page read(TailCursor cursor, Filter filter) {
    List<TailedEvent> rest = window(cursor, filter);
    if (!rest.isEmpty()) {
      return Page.of(rest, cursor);
    }
    Taken taken = snapshot();
    return taken.snapshot().text().equals(cursor.until().text())
        ? Page.of(rest, cursor)
        : page(cursor.next(taken.snapshot(), taken.at()), filter);
  }

  private Page page(TailCursor cursor, Filter filter) {
    return Page.of(window(cursor, filter), cursor);
  }

  private List<TailedEvent> window(TailCursor cursor, Filter filter) {
    if (cursor.since() != null && cursor.since().text().equals(cursor.until().text())) {
      return List.of();
    }
    return jdbc.sql(WINDOW)
        .param("after", cursor.after())
        .param("source", filter.source())
        .param("types", filter.expression())
        .param("floor", EventIds.least(cursor.floor()))
        .param("until", cursor.until().text())
        .param("since", cursor.since() == null ? null : cursor.since().text())
        .param("most", PAGE)
        .query((row, number) -> event(row, cursor))
        .list();
  }

  private static TailedEvent event(ResultSet row, TailCursor cursor) throws SQLException {
    UUID id = row.getObject("id", UUID.class);
    return new TailedEvent(
        cursor.seen(id),
        id,
        row.getString("source"),
        row.getString("type"),
        row.getString("key"),
        row.getString("subject"),
        Times.instant(row, "time"),
        Times.instant(row, "received_at"),
        row.getString("content_type"),
        row.getBytes("body"),
        row.getBoolean("sensitive"));
  }

  private Taken snapshot() {
    return jdbc.sql("select pg_current_snapshot()::text as snapshot, clock_timestamp() as at")
        .query(
            (row, number) ->
                new Taken(
                    TailCursor.Snapshot.of(row.getString("snapshot")), Times.instant(row, "at")))
        .single();
  }

  private record Taken(TailCursor.Snapshot snapshot, Instant at) {}
}
