package dev.serai.api;

import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads dead letters for the API. */
@Component
class DeadLetterQueries {

  /** Where a page ended: the time of death in microseconds, the event, the subscription. */
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,17})_([0-9a-f-]{36})_(\\d{1,9})");

  private static final String LETTERS =
      """
      select d.*, s.name, e.source, e.type, e.subject, e.received_at,
        (select a.detail from serai.attempt a where a.event_id = d.event_id
          and a.subscription_id = d.subscription_id order by a.token desc limit 1) as detail
      from serai.delivery d join serai.subscription s on s.id = d.subscription_id
        join serai.event e on e.id = d.event_id
      where %s order by d.finished_at desc, d.event_id desc, d.subscription_id desc limit :most
      """;

  private static final String CAUSES =
      """
      select s.name, d.cause, count(*) as count, min(d.finished_at) as first,
        max(d.finished_at) as last
      from serai.delivery d join serai.subscription s on s.id = d.subscription_id
        join serai.event e on e.id = d.event_id
      where %s group by 1, 2 order by 3 desc, 1, 2
      """;

  private final JdbcClient jdbc;

  DeadLetterQueries(@Qualifier("readDataSource") DataSource reads) {
    this.jdbc = JdbcClient.create(reads);
  }

  /** Dead letters, those that died last first. */
  Page list(Map<String, String> query) {
    QueryParameters parameters =
        new QueryParameters(
            query, "subscription", "cause", "type", "source", "from", "to", "cursor", "limit");
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> conditions = conditions(parameters, values);
    String cursor = parameters.text("cursor");
    if (cursor != null) {
      conditions.add(
          "(d.finished_at, d.event_id, d.subscription_id) < (:cursorAt, :cursorEvent,"
              + " :cursorSubscription)");
      cursor(cursor, values);
    }
    int limit = parameters.limit();
    List<Found> found =
        jdbc.sql(LETTERS.formatted(String.join(" and ", conditions)))
            .params(values)
            .param("most", limit + 1)
            .query(DeadLetterQueries::letter)
            .list();
    Slice<Found> page = Slice.of(found, limit);
    return new Page(page.rows().stream().map(Found::letter).toList(), page.next(Found::cursor));
  }

  /** How many there are of each cause and subscription, most first. */
  List<CauseCount> causes(Map<String, String> query) {
    QueryParameters parameters =
        new QueryParameters(query, "subscription", "cause", "type", "source", "from", "to");
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> conditions = conditions(parameters, values);
    return jdbc.sql(CAUSES.formatted(String.join(" and ", conditions)))
        .params(values)
        .query(
            (row, number) ->
                new CauseCount(
                    row.getString("name"),
                    row.getString("cause"),
                    row.getLong("count"),
                    Times.instant(row, "first"),
                    Times.instant(row, "last")))
        .list();
  }

  private static List<String> conditions(QueryParameters parameters, Map<String, Object> values) {
    List<String> conditions = new ArrayList<>(List.of("d.dead"));
    add("subscription", "s.name = :subscription", parameters, conditions, values);
    add("cause", "d.cause = :cause", parameters, conditions, values);
    add("type", "e.type = :type", parameters, conditions, values);
    add("source", "e.source = :source", parameters, conditions, values);
    addTime("from", "d.finished_at >= :from", parameters, conditions, values);
    addTime("to", "d.finished_at < :to", parameters, conditions, values);
    return conditions;
  }

  private static void add(
      String name,
      String condition,
      QueryParameters parameters,
      List<String> conditions,
      Map<String, Object> values) {
    String value = parameters.text(name);
    if (value != null) {
      conditions.add(condition);
      values.put(name, value);
    }
  }

  private static void addTime(
      String name,
      String condition,
      QueryParameters parameters,
      List<String> conditions,
      Map<String, Object> values) {
    Instant time = parameters.time(name);
    if (time != null) {
      conditions.add(condition);
      values.put(name, Times.utc(time));
    }
  }

  private static void cursor(String cursor, Map<String, Object> values) {
    Matcher matcher = CURSOR.matcher(cursor);
    if (!matcher.matches()) {
      throw Problem.badRequest(
          "Parameter 'cursor' is '%s'; it must be the 'next' of a page".formatted(cursor));
    }
    Instant at = Instant.EPOCH.plus(Long.parseLong(matcher.group(1)), ChronoUnit.MICROS);
    values.put("cursorAt", Times.utc(at));
    values.put("cursorEvent", EventFilter.uuid("cursor", matcher.group(2)));
    values.put("cursorSubscription", Integer.parseInt(matcher.group(3)));
  }

  private static Found letter(ResultSet row, int number) throws SQLException {
    Instant died = Times.instant(row, "finished_at");
    UUID event = row.getObject("event_id", UUID.class);
    String cursor = "%s_%s_%s".formatted(Times.micros(died), event, row.getInt("subscription_id"));
    return new Found(
        new DeadLetterView(
            event,
            row.getString("name"),
            row.getString("state"),
            row.getString("source"),
            row.getString("type"),
            row.getString("subject"),
            row.getString("cause"),
            row.getString("detail"),
            row.getInt("attempts"),
            row.getInt("replays"),
            Times.instant(row, "received_at"),
            died),
        cursor);
  }

  private record Found(DeadLetterView letter, String cursor) {}

  /**
   * One page of dead letters.
   *
   * @param deadLetters those that died last first
   * @param next the cursor of the page after it; missing on the last
   */
  record Page(List<DeadLetterView> deadLetters, @Nullable String next) {}

  /**
   * How many dead letters have a cause.
   *
   * @param subscription the route that they were delivered to
   * @param cause why
   * @param count how many
   * @param first when the first of them died
   * @param last when the last of them died
   */
  record CauseCount(
      String subscription, @Nullable String cause, long count, Instant first, Instant last) {}
}
