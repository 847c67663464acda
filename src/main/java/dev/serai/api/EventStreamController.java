package dev.serai.api;

import dev.serai.event.Tail;
import dev.serai.event.TailCursor;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Accepted events as they come, as server-sent events. */
@RestController
class EventStreamController {

  /** Each asks the database a few times a second. */
  private static final int MOST = 16;

  private final Tail tail;
  private final EventStreams streams;
  private final Semaphore places = new Semaphore(MOST);

  EventStreamController(Tail tail, EventStreams streams) {
    this.tail = tail;
    this.streams = streams;
  }

  /**
   * Streams events until one side ends it: each with its bytes, in the order in which they become
   * visible. The id of each is where to go on behind it, by {@code Last-Event-ID}.
   *
   * @param source only of this source
   * @param type only of these types; {@code *} is one segment, a last {@code *} the rest
   * @param from {@code now}, a time, or the id of the event to begin behind
   * @param lastEventId where to go on; it comes before {@code from}
   */
  @GetMapping("/api/v1/events/stream")
  void stream(
      @RequestParam(required = false) @Nullable String source,
      @RequestParam(defaultValue = "") List<String> type,
      @RequestParam(defaultValue = "now") String from,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    Tail.Filter filter = filter(source, type);
    TailCursor begin = lastEventId == null ? begin(from) : resume(lastEventId);
    if (!places.tryAcquire()) {
      throw Problem.unavailable("%s streams are open, which is the most".formatted(MOST));
    }
    try {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      streams.write(begin, filter, response.getOutputStream());
    } finally {
      places.release();
    }
  }

  private static Tail.Filter filter(@Nullable String source, List<String> types) {
    try {
      return new Tail.Filter(source, types);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("Parameter 'type': " + e.getMessage());
    }
  }

  private TailCursor begin(String from) {
    if (from.equals("now")) {
      return tail.now();
    }
    try {
      return from.length() == 36 && !from.contains(":")
          ? tail.behind(UUID.fromString(from))
          : tail.from(OffsetDateTime.parse(from).toInstant());
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw Problem.badRequest(
          "Parameter 'from' is '%s'; it must be 'now', an event's id, or a time such as %s"
              .formatted(from, "2026-11-20T18:00:00Z"));
    }
  }

  private TailCursor resume(String lastEventId) {
    TailCursor cursor;
    try {
      cursor = TailCursor.parse(lastEventId);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("Last-Event-ID: " + e.getMessage());
    }
    if (!tail.isOfThisDatabase(cursor)) {
      throw Problem.conflict(
          "Last-Event-ID is a position in another database; begin at a time with 'from'");
    }
    return cursor;
  }
}
