package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.EventLog;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.event.Replays;
import dev.serai.event.SensitiveBodies;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where is it? Events, their bodies, and delivering them again. */
@RestController
@RequestMapping("/api/v1/events")
class EventsController {

  private final EventQueries queries;
  private final EventLog log;
  private final Replays replays;
  private final ObjectMapper json;
  private final ApiSettings settings;
  private final SensitiveBodies sensitiveBodies;
  private final Clock clock;

  EventsController(
      EventQueries queries,
      EventLog log,
      Replays replays,
      ObjectMapper json,
      ApiSettings settings,
      SensitiveBodies sensitiveBodies,
      Clock clock) {
    this.queries = queries;
    this.log = log;
    this.replays = replays;
    this.json = json;
    this.settings = settings;
    this.sensitiveBodies = sensitiveBodies;
    this.clock = clock;
  }

  /** Lists events, the newest first, by source, type, key, workspace, state and time of receipt. */
  @GetMapping
  @EventFilter.Described
  @Paged
  EventView.Page list(@Parameter(hidden = true) @RequestParam Map<String, String> query) {
    return queries.list(EventFilter.of(query));
  }

  /**
   * One event: received, verified with which key, duplicates, deliveries, attempts, state.
   *
   * @param id the event
   */
  @GetMapping("/{id}")
  EventView show(@PathVariable String id) {
    return queries.find(uuid(id)).orElseThrow(() -> Problem.notFound("event", id));
  }

  /**
   * The body as it was received, byte for byte. That of a sensitive source is not for viewers, that
   * of a sensitive event for admins only.
   *
   * @param id the event
   */
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content = @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary")))
  @GetMapping("/{id}/body")
  ResponseEntity<byte[]> body(@PathVariable String id) {
    EventQueries.Body body =
        queries.body(uuid(id)).orElseThrow(() -> Problem.notFound("event", id));
    if (settings.sensitiveSources().contains(body.source())) {
      Role.OPERATOR.require("The body of an event of '%s'".formatted(body.source()));
    }
    byte[] bytes = body.bytes();
    if (body.sensitive()) {
      Role.ADMIN.require("The body of a sensitive event");
      bytes = sensitiveBodies.open(uuid(id), bytes);
    }
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(body.contentType()))
        // The body is anybody's: no browser shall take it for a page of the hub's.
        .header("Content-Disposition", "attachment; filename=\"" + id + "\"")
        .body(bytes);
  }

  /**
   * Delivers an event again: to every subscription that matches it, or to one.
   *
   * @param id the event
   * @param subscription only to this one
   * @param reason kept with the replay
   */
  @PostMapping("/{id}/replay")
  Replay replay(
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String subscription,
      @RequestParam(required = false) @Nullable String reason) {
    List<Replays.Replayed> deliveries =
        replays
            .replay(uuid(id), subscription, Caller.because(reason))
            .orElseThrow(() -> Problem.notFound("event", id));
    if (subscription != null && deliveries.isEmpty()) {
      throw Problem.notFound("subscription matching this event", subscription);
    }
    return new Replay(id, deliveries);
  }

  /** Appends an event of the caller's own. */
  @PostMapping
  Appended append(@RequestBody Append append) throws IOException, InterruptedException {
    Instant now = clock.instant();
    if (append.type == null) {
      throw Problem.badRequest("'type' is missing");
    }
    Receipt receipt =
        log.appendAndWait(
            new NewEvent(
                Objects.requireNonNullElse(append.source, "api"),
                append.type,
                Objects.requireNonNullElseGet(append.key, () -> UUID.randomUUID().toString()),
                append.subject,
                append.workspace,
                Objects.requireNonNullElse(append.time, now),
                MediaType.APPLICATION_JSON_VALUE,
                json.writeValueAsBytes(append.data),
                null,
                null,
                null,
                0,
                append.at,
                false,
                Objects.requireNonNullElse(append.priority, 0)));
    return new Appended(receipt.id(), receipt.status().name().toLowerCase(Locale.ROOT));
  }

  private static UUID uuid(String id) {
    return EventFilter.uuid("id", id);
  }

  /**
   * A replay.
   *
   * @param id the event
   * @param deliveries what is delivered again
   */
  record Replay(String id, List<Replays.Replayed> deliveries) {}

  /**
   * What became of an event that was appended.
   *
   * @param id the event, or the one that has its key already
   * @param status accepted, duplicate or conflict
   */
  record Appended(UUID id, String status) {}

  /**
   * An event to append.
   *
   * @param type what happened
   * @param data its body, any JSON
   * @param source who says that it happened; {@code api}, if missing
   * @param key the dedupe key; a new one, if missing
   * @param subject what it happened to
   * @param workspace the tenant it belongs to
   * @param time when it happened; now, if missing
   * @param at when it is delivered; at once, if missing
   * @param priority how soon it is handled among those that wait, 0 to 9; 0, if missing
   */
  record Append(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String type,
      @Nullable JsonNode data,
      @Nullable String source,
      @Nullable String key,
      @Nullable String subject,
      @Nullable String workspace,
      @Nullable Instant time,
      @Nullable Instant at,
      @Nullable Integer priority)
      implements Audited {

    @Override
    public Map<String, ?> auditParameters() {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("type", type);
      shown.put("source", source);
      shown.put("key", key);
      return shown;
    }
  }
}
