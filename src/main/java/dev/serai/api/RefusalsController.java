package dev.serai.api;

import static io.swagger.v3.oas.annotations.enums.ParameterIn.QUERY;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.serai.event.Times;
import dev.serai.webhook.Cause;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests that were refused at the door. */
@RestController
@RequestMapping("/api/v1/refusals")
class RefusalsController {

  /** Says what its listings can be narrowed to. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @Parameter(in = QUERY, name = "source", description = "only those of this source")
  @Parameter(in = QUERY, name = "cause", description = "only those with this cause")
  @Parameter(in = QUERY, name = "from", description = "only those of then or later (RFC 3339)")
  @Parameter(in = QUERY, name = "to", description = "only those before (RFC 3339)")
  private @interface Narrowed {}

  private static final Set<String> CAUSES =
      Arrays.stream(Cause.values()).map(Cause::code).collect(Collectors.toUnmodifiableSet());

  private static final String WHERE =
      """
      where (:source::text is null or source = :source) and (:cause::text is null or cause = :cause)
        and (:from::uuid is null or id >= :from) and (:to::uuid is null or id < :to)
      """;

  private static final String REFUSALS =
      "select * from serai.refusal "
          + WHERE
          + "and (:cursor::uuid is null or id < :cursor) order by id desc limit :limit";

  private static final String COUNTS =
      """
      select source, cause, count(*) as count, min(at) as first, max(at) as last
      from serai.refusal
      """
          + WHERE
          + "group by 1, 2 order by 3 desc, 1, 2";

  private final JdbcClient jdbc;

  RefusalsController(@Qualifier("readDataSource") DataSource reads) {
    this.jdbc = JdbcClient.create(reads);
  }

  /** Lists refusals, the latest first, by source, cause and time. */
  @GetMapping
  @Narrowed
  @Paged
  Page list(@Parameter(hidden = true) @RequestParam Map<String, String> query) {
    QueryParameters parameters =
        new QueryParameters(query, "source", "cause", "from", "to", "cursor", "limit");
    int limit = parameters.limit();
    List<View> found =
        narrowed(REFUSALS, parameters)
            .param("cursor", parameters.id("cursor"))
            .param("limit", limit + 1)
            .query(RefusalsController::view)
            .list();
    Slice<View> page = Slice.of(found, limit);
    return new Page(page.rows(), page.next(view -> view.id().toString()));
  }

  /** Counts them by source and cause, most first. */
  @GetMapping("/causes")
  @Narrowed
  Causes causes(@Parameter(hidden = true) @RequestParam Map<String, String> query) {
    QueryParameters parameters = new QueryParameters(query, "source", "cause", "from", "to");
    return new Causes(
        narrowed(COUNTS, parameters)
            .query(
                (row, number) ->
                    new CauseCount(
                        row.getString("source"),
                        row.getString("cause"),
                        row.getLong("count"),
                        Times.instant(row, "first"),
                        Times.instant(row, "last")))
            .list());
  }

  private JdbcClient.StatementSpec narrowed(String sql, QueryParameters parameters) {
    return jdbc.sql(sql)
        .param("source", parameters.text("source"))
        .param("cause", parameters.oneOf("cause", CAUSES))
        .param("from", parameters.least("from"))
        .param("to", parameters.least("to"));
  }

  private static View view(ResultSet row, int number) throws SQLException {
    return new View(
        row.getObject("id", UUID.class),
        Times.instant(row, "at"),
        row.getString("source"),
        row.getString("cause"),
        row.getString("detail"),
        row.getString("remote"),
        row.getString("method"),
        row.getString("headers"),
        row.getObject("body_bytes", Integer.class),
        hex(row.getBytes("body_hash")));
  }

  private static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  /**
   * One page of refusals.
   *
   * @param refusals the latest first
   * @param next the cursor of the page after it; missing on the last
   */
  record Page(List<View> refusals, @Nullable String next) {}

  /**
   * Counts.
   *
   * @param causes the most first
   */
  record Causes(List<CauseCount> causes) {}

  /**
   * How many refusals of a source have a cause.
   *
   * @param source the source
   * @param cause why
   * @param count how many
   * @param first when the first of them came
   * @param last when the last of them came
   */
  record CauseCount(String source, String cause, long count, Instant first, Instant last) {}

  /**
   * A refusal.
   *
   * @param id its time is that of the refusal
   * @param at when it was
   * @param source who posted
   * @param cause of the closed list
   * @param detail the same for people
   * @param remote the address that it came from
   * @param method the HTTP method
   * @param headers names and values; of those that may be secret only the length
   * @param bodyBytes length of the body
   * @param bodySha256 hash of the body, which is not kept
   */
  record View(
      UUID id,
      Instant at,
      String source,
      String cause,
      String detail,
      @Nullable String remote,
      String method,
      @JsonRawValue @Schema(types = "object") String headers,
      @Nullable Integer bodyBytes,
      @Nullable String bodySha256) {}
}
