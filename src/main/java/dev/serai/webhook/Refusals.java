package dev.serai.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.EventIds;
import dev.serai.event.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Keeps what was refused, so that somebody can see why: cause, sender, headers without secrets,
 * size and hash of the body, but not the body. Written in the background; a flood is counted in the
 * metrics and kept in part.
 */
final class Refusals {

  private static final Logger log = LoggerFactory.getLogger(Refusals.class);
  private static final int WAITING = 1_000;
  private static final int MAX_HEADER = 256;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The only headers whose values are kept; who knows what else is a secret. */
  private static final Set<String> PLAIN =
      Set.of(
          "content-type",
          "content-length",
          "content-encoding",
          "transfer-encoding",
          "user-agent",
          "host",
          "accept",
          "x-forwarded-for",
          "x-request-id",
          "webhook-id",
          "webhook-timestamp");

  private static final String INSERT =
      """
      insert into serai.refusal
        (id, at, source, cause, detail, remote, method, headers, body_bytes, body_hash)
      values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?)
      on conflict do nothing
      """;

  private final JdbcTemplate jdbc;
  private final EventIds ids;
  private final Clock clock;
  private final BlockingQueue<Refusal> waiting = new ArrayBlockingQueue<>(WAITING);

  Refusals(DataSource engine, EventIds ids, Clock clock) {
    this.jdbc = new JdbcTemplate(engine);
    this.ids = ids;
    this.clock = clock;
  }

  void keep(
      Source source,
      HttpServletRequest request,
      String sender,
      Verdict.Refused refused,
      byte @Nullable [] body) {
    Refusal refusal =
        new Refusal(
            ids.next(),
            clock.instant(),
            source.name(),
            refused,
            sender,
            request.getMethod(),
            headers(request),
            body == null ? null : body.length,
            body == null ? null : Sha256.of(body));
    if (waiting.offer(refusal)) {
      log.info(
          "Refused at '{}', {}: {}", source.name(), refused.cause().code(), refused.explanation());
    }
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      String value = request.getHeader(name);
      headers.put(
          printable(name),
          PLAIN.contains(name.toLowerCase(Locale.ROOT))
              ? printable(value)
              : "(%s characters)".formatted(value.length()));
    }
    return headers;
  }

  private static String printable(String text) {
    String safe = text.replaceAll("[^\\x20-\\x7e]", "?");
    return safe.length() > MAX_HEADER ? safe.substring(0, MAX_HEADER) : safe;
  }

  /** Writes what waits. */
  @Scheduled(fixedDelay = 500)
  void write() {
    List<Refusal> group = new ArrayList<>();
    waiting.drainTo(group);
    if (group.isEmpty()) {
      return;
    }
    try {
      jdbc.batchUpdate(INSERT, group.stream().map(Refusal::row).toList());
    } catch (DataIntegrityViolationException e) {
      log.error("{} refusals can't be kept", group.size(), e);
    } catch (DataAccessException e) {
      // The database is away: they wait, as many as there is room for.
      group.removeIf(waiting::offer);
      if (!group.isEmpty()) {
        log.warn("{} refusals are not kept: {}", group.size(), e.getMessage());
      }
    }
  }

  private record Refusal(
      UUID id,
      Instant at,
      String source,
      Verdict.Refused refused,
      String remote,
      String method,
      Map<String, String> headers,
      @Nullable Integer bodyBytes,
      byte @Nullable [] bodyHash) {

    @Nullable Object[] row() {
      return new @Nullable Object[] {
        id,
        at.atOffset(ZoneOffset.UTC),
        source,
        refused.cause().code(),
        refused.explanation(),
        remote,
        method,
        json(),
        bodyBytes,
        bodyHash
      };
    }

    private String json() {
      try {
        return JSON.writeValueAsString(headers);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
