package dev.serai.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who changed what through the API. */
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

  private static final String CALLS =
      """
      select * from serai.audit
      where (:key::text is null or key = :key)
        and (:path::text is null or path = :path or starts_with(path, :path || '/'))
        and (:from::uuid is null or id >= :from) and (:to::uuid is null or id < :to)
        and (:cursor::uuid is null or id < :cursor)
      order by id desc limit :most
      """;
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final ObjectMapper json;

  AuditController(@Qualifier("readDataSource") DataSource reads, ObjectMapper json) {
    this.jdbc = JdbcClient.create(reads);
    this.json = json;
  }

  /**
   * Lists the changing calls, the newest first.
   *
   * @param key only those made with the key of this name
   * @param path only those of this path and the paths below it
   * @param from only those of this time (RFC 3339) or later
   * @param to only those before this time
   * @param cursor {@code next} of the page before
   * @param limit most calls of a page, 1 to 1000
   */
  @GetMapping
  Page list(
      @RequestParam(required = false) @Nullable String key,
      @RequestParam(required = false) @Nullable String path,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "100") int limit) {
    EventFilter.requireLimit(limit);
    List<Call> calls =
        jdbc.sql(CALLS)
            .param("key", key)
            .param("path", path)
            .param("from", from == null ? null : QueryParameters.least("from", from))
            .param("to", to == null ? null : QueryParameters.least("to", to))
            .param("cursor", cursor == null ? null : EventFilter.uuid("cursor", cursor))
            .param("most", limit + 1)
            .query(this::call)
            .list();
    Slice<Call> page = Slice.of(calls, limit);
    return new Page(page.rows(), page.next(Call::id));
  }

  private Call call(ResultSet row, int number) throws SQLException {
    return new Call(
        row.getObject("id", UUID.class),
        Times.instant(row, "at"),
        row.getString("key"),
        row.getString("role"),
        row.getString("remote"),
        row.getString("method"),
        row.getString("path"),
        parameters(row.getString("parameters")),
        row.getString("request_id"),
        row.getObject("status", Integer.class),
        row.getString("detail"));
  }

  private Map<String, String> parameters(String text) {
    try {
      return json.readValue(text, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * One page of calls.
   *
   * @param calls the newest first
   * @param next the cursor of the page after it; missing on the last one
   */
  record Page(List<Call> calls, @Nullable UUID next) {}

  /**
   * A call that changed something, or was refused.
   *
   * @param id its time is that of the beginning
   * @param at when it began
   * @param key the name of the key
   * @param role the role of the key
   * @param remote the address that it came from
   * @param method the HTTP method
   * @param path the path
   * @param parameters those of the query and of the body that may be shown
   * @param requestId the id in the answer and in the log
   * @param status the HTTP status of the answer; missing if the hub ended before
   * @param detail why it was refused
   */
  record Call(
      UUID id,
      Instant at,
      String key,
      String role,
      String remote,
      String method,
      String path,
      Map<String, String> parameters,
      @Nullable String requestId,
      @Nullable Integer status,
      @Nullable String detail) {}
}
