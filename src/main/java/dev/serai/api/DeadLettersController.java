package dev.serai.api;

import static io.swagger.v3.oas.annotations.enums.ParameterIn.QUERY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.DeadLetters;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deliveries that were given up. */
@RestController
@RequestMapping("/api/v1/dead-letters")
class DeadLettersController {

  /** Says what its listings can be narrowed to. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @Parameter(in = QUERY, name = "subscription", description = "only those of this subscription")
  @Parameter(in = QUERY, name = "cause", description = "only those with this cause")
  @Parameter(in = QUERY, name = "type", description = "only those of events of this type")
  @Parameter(in = QUERY, name = "source", description = "only those of this source")
  @Parameter(in = QUERY, name = "from", description = "only those of then or later (RFC 3339)")
  @Parameter(in = QUERY, name = "to", description = "only those before (RFC 3339)")
  private @interface Narrowed {}

  /** As the door's default: an edited event is none that a provider could not have sent. */
  private static final int MAX_BODY = 1 << 20;

  private final DeadLetterQueries queries;
  private final EventQueries events;
  private final DeadLetters letters;
  private final ReplayStarter starter;
  private final ObjectMapper json;

  DeadLettersController(
      DeadLetterQueries queries,
      EventQueries events,
      DeadLetters letters,
      ReplayStarter starter,
      ObjectMapper json) {
    this.queries = queries;
    this.events = events;
    this.letters = letters;
    this.starter = starter;
    this.json = json;
  }

  /** Lists dead letters, those that died last first. */
  @GetMapping
  @Narrowed
  @Paged
  DeadLetterQueries.Page list(@Parameter(hidden = true) @RequestParam Map<String, String> query) {
    return queries.list(query);
  }

  /** Counts them by cause and subscription. */
  @GetMapping("/causes")
  @Narrowed
  Causes causes(@Parameter(hidden = true) @RequestParam Map<String, String> query) {
    return new Causes(queries.causes(query));
  }

  /** Tries many again, as a replay. */
  @PostMapping("/retry")
  ResponseEntity<?> retryAll(@RequestBody JsonNode request) {
    return starter.start(ReplayRequest.ofDeadLetters(request));
  }

  /**
   * Tries one again, with all its attempts.
   *
   * @param event the event
   * @param subscription the one that gave it up
   */
  @PostMapping("/{event}/{subscription}/retry")
  Changed retry(@PathVariable String event, @PathVariable String subscription) {
    if (!letters.retry(id(event), subscription)) {
      throw none(event, subscription);
    }
    return new Changed(subscription, "ready", null);
  }

  /**
   * Delivers the body of this request in its place, as an event of its own.
   *
   * @param event the event
   * @param subscription the one that gave it up
   * @param reason kept with it
   */
  @PostMapping("/{event}/{subscription}/edit")
  Changed edit(
      @PathVariable String event,
      @PathVariable String subscription,
      @RequestParam(required = false) @Nullable String reason,
      @RequestBody(required = false) byte @Nullable [] body)
      throws IOException {
    EventQueries.Body original =
        events.body(id(event)).orElseThrow(() -> Problem.notFound("event", event));
    if (body == null || body.length > MAX_BODY) {
      throw Problem.badRequest("The body must have 1 to %s bytes".formatted(MAX_BODY));
    }
    if (original.contentType().toLowerCase(Locale.ROOT).contains("json")) {
      requireJson(body, original.sensitive());
    }
    UUID edited =
        letters
            .edit(id(event), subscription, body, Caller.because(reason))
            .orElseThrow(() -> none(event, subscription));
    return new Changed(subscription, "replaced", edited);
  }

  /** The parser quotes what it can't read, and an answer's detail goes into the audit log. */
  private void requireJson(byte[] body, boolean sensitive) throws IOException {
    try {
      if (json.readTree(body).isMissingNode()) {
        throw Problem.badRequest("The body is empty; it must be JSON, as that of the event");
      }
    } catch (JsonProcessingException e) {
      throw Problem.badRequest(
          "The body must be JSON, as that of the event"
              + (sensitive ? "" : ": " + e.getOriginalMessage()));
    }
  }

  /**
   * Takes one from the list for good.
   *
   * @param event the event
   * @param subscription the one that gave it up
   * @param reason why it is not needed; required
   */
  @PostMapping("/{event}/{subscription}/discard")
  Changed discard(
      @PathVariable String event,
      @PathVariable String subscription,
      @RequestParam(defaultValue = "") String reason) {
    if (reason.isBlank()) {
      throw Problem.badRequest("Parameter 'reason' is missing; say why it is not needed");
    }
    if (!letters.discard(id(event), subscription, Caller.because(reason))) {
      throw none(event, subscription);
    }
    return new Changed(subscription, "cancelled", null);
  }

  private static UUID id(String event) {
    return EventFilter.uuid("event", event);
  }

  private static Problem none(String event, String subscription) {
    return Problem.notFound("dead letter", event + "/" + subscription);
  }

  /**
   * Counts.
   *
   * @param causes the most first
   */
  record Causes(List<DeadLetterQueries.CauseCount> causes) {}

  /**
   * What became of one.
   *
   * @param subscription the route that gave it up
   * @param state what it is now: ready, replaced or cancelled
   * @param event the event that replaces it
   */
  record Changed(String subscription, String state, @Nullable UUID event) {}
}
