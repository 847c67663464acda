package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Answers a question by one connection, on which nothing is written. */
final class Answering {

  private final Connection connection;
  private final Question question;

  Answering(Connection connection, Question question) {
    this.connection = connection;
    this.question = question;
  }

  Page page(String dataset) throws SQLException, QueryRefusedException, QueryTimeoutException {
    Question.Bound bound = question.bound();
    long offset = question.offset();
    requireSelect(bound.sql());
    Tables.execute(connection, "use \"%s\"".formatted(dataset));
    Tables.execute(connection, "begin transaction read only");
    try {
      return read(bound, offset);
    } finally {
      Tables.execute(connection, "rollback");
    }
  }

  /** DuckDB's own parser says what it is; only a SELECT can be told as JSON. */
  private void requireSelect(String sql) throws SQLException, QueryRefusedException {
    try (PreparedStatement parse =
        connection.prepareStatement(
            "select cast(json_serialize_sql(cast(? as varchar)) as varchar)")) {
      parse.setString(1, sql);
      try (ResultSet rows = parse.executeQuery()) {
        rows.next();
        JsonNode parsed = WarehouseInsert.JSON.readTree(rows.getString(1));
        if (parsed.path("error").asBoolean()) {
          throw new QueryRefusedException(
              "The query must be a single SELECT: " + parsed.path("error_message").asText());
        }
        if (parsed.path("statements").size() != 1) {
          throw new QueryRefusedException("The query must be a single SELECT; these are several");
        }
      }
    } catch (JsonProcessingException e) {
      throw new QueryRefusedException("The query can't be understood", e);
    }
  }

  private Page read(Question.Bound bound, long offset)
      throws SQLException, QueryRefusedException, QueryTimeoutException {
    AtomicBoolean stopped = new AtomicBoolean();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select * from (\n%s\n) limit ? offset ?".formatted(bound.sql()))) {
      int place = 1;
      for (@Nullable Object value : bound.values()) {
        select.setObject(place++, value);
      }
      select.setLong(place++, question.maxRows() + 1L);
      select.setLong(place, offset);
      CompletableFuture<Void> limit =
          CompletableFuture.runAsync(
              () -> stop(select, stopped),
              CompletableFuture.delayedExecutor(
                  question.timeout().toNanos(), TimeUnit.NANOSECONDS));
      try (ResultSet rows = select.executeQuery()) {
        return page(rows, offset);
      } finally {
        limit.cancel(false);
      }
    } catch (SQLException e) {
      if (stopped.get()) {
        throw new QueryTimeoutException(question.timeout(), e);
      }
      String said = WarehouseException.firstLine(e);
      if (said.startsWith("IO Error") || said.startsWith("FATAL") || said.startsWith("INTERNAL")) {
        throw e;
      }
      throw new QueryRefusedException("The query is refused. DuckDB says: " + said, e);
    }
  }

  private static void stop(PreparedStatement select, AtomicBoolean stopped) {
    stopped.set(true);
    try {
      select.cancel();
    } catch (SQLException e) {
      // It has just ended.
    }
  }

  private Page page(ResultSet found, long offset) throws SQLException {
    ResultSetMetaData about = found.getMetaData();
    List<Page.Field> columns = new ArrayList<>();
    for (int i = 1; i <= about.getColumnCount(); i++) {
      columns.add(new Page.Field(about.getColumnLabel(i), about.getColumnTypeName(i)));
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    boolean more = false;
    while (!more && found.next()) {
      if (rows.size() == question.maxRows()) {
        more = true;
      } else {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.put(columns.get(i - 1).name(), value(found.getObject(i), columns.get(i - 1).type()));
        }
        rows.add(row);
      }
    }
    return new Page(columns, rows, more ? question.pageAt(offset + rows.size()) : null);
  }

  private static @Nullable Object value(@Nullable Object value, String type) {
    return switch (value) {
      case null -> null;
      case Number number -> number;
      case Boolean bool -> bool;
      case LocalDateTime time -> time.toInstant(ZoneOffset.UTC).toString();
      case java.sql.Timestamp time -> time.toLocalDateTime().toInstant(ZoneOffset.UTC).toString();
      case OffsetDateTime time -> time.toInstant().toString();
      default -> type.equals("JSON") ? json(value.toString()) : value.toString();
    };
  }

  private static Object json(String text) {
    try {
      return WarehouseInsert.JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
