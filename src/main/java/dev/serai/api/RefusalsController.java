package dev.serai.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.serai.event.Times;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Requests that were refused at the door. */
@RestController
class RefusalsController {

  private static final String REFUSALS =
      """
      select * from serai.refusal
      where (:source::text is null or source = :source) and (:cause::text is null or cause = :cause)
      order by id desc limit :limit
      """;

  private final JdbcClient jdbc;

  RefusalsController(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * Lists refusals, the latest first, by source and cause.
   *
   * @param source only those of this source
   * @param cause only those of this cause
   * @param limit most of them, 1 to 1000
   */
  @GetMapping("/api/v1/refusals")
  Listing list(
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(required = false) @Nullable String cause,
      @RequestParam(defaultValue = "100") int limit) {
    EventFilter.requireLimit(limit);
    return new Listing(
        jdbc.sql(REFUSALS)
            .param("source", source)
            .param("cause", cause)
            .param("limit", limit)
            .query(
                (row, number) ->
                    new View(
                        row.getObject("id", UUID.class),
                        Times.instant(row, "at"),
                        row.getString("source"),
                        row.getString("cause"),
                        row.getString("detail"),
                        row.getString("remote"),
                        row.getString("method"),
                        row.getString("headers"),
                        row.getObject("body_bytes", Integer.class),
                        hex(row.getBytes("body_hash"))))
            .list());
  }

  private static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  /**
   * Refusals.
   *
   * @param refusals the latest first
   */
  record Listing(List<View> refusals) {}

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
