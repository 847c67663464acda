package dev.serai.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.Tail;
import dev.serai.event.TailCursor;
import dev.serai.event.TailedEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Writes streams of events. Every two seconds without one the other side is told that the hub lives
 * and where to go on, so that it need not search through all that it did not want; and this side
 * notices whether the other one still reads.
 */
@Component
class EventStreams {

  private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** A stream takes a sixth of a connection's time at most, however much it has to look at. */
  private static final int SHARE = 5;

  private final Tail tail;
  private final ObjectMapper json;
  private final CountDownLatch closing = new CountDownLatch(1);

  EventStreams(Tail tail, ObjectMapper json) {
    this.tail = tail;
    this.json = json;
  }

  /** A hub that stops waits for requests under way: these must end by themselves. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    closing.countDown();
  }

  /** Writes until the other side is gone or the hub stops. */
  void write(TailCursor begin, Tail.Filter filter, OutputStream out)
      throws IOException, InterruptedException {
    TailCursor cursor = begin;
    place(out, "open", begin);
    long beat = System.nanoTime();
    long pause = 0;
    while (!closing.await(pause, TimeUnit.NANOSECONDS)) {
      long before = System.nanoTime();
      Tail.Page page = read(cursor, filter);
      long taken = System.nanoTime() - before;
      if (page != null) {
        for (TailedEvent event : page.events()) {
          write(event, out);
        }
        out.flush();
        cursor = page.next();
      }
      boolean idle = page == null || page.events().isEmpty();
      if (idle && System.nanoTime() - beat > HEARTBEAT.toNanos()) {
        place(out, page == null ? "the database can't be used at the moment" : "alive", cursor);
      }
      if (!idle || System.nanoTime() - beat > HEARTBEAT.toNanos()) {
        beat = System.nanoTime();
      }
      pause = Math.min(idle ? Math.max(PAUSE.toNanos(), taken * SHARE) : 0, HEARTBEAT.toNanos());
    }
  }

  /** Null while the database is away: the stream goes on when it is back. */
  private Tail.@Nullable Page read(TailCursor cursor, Tail.Filter filter) {
    try {
      return tail.read(cursor, filter);
    } catch (DataAccessException e) {
      log.debug("A stream can't read the log", e);
      return null;
    }
  }

  /** An id without data is no event: it says where to go on. */
  private static void place(OutputStream out, String comment, TailCursor cursor)
      throws IOException {
    out.write(": %s\nid: %s\n\n".formatted(comment, cursor).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void write(TailedEvent event, OutputStream out) throws IOException {
    out.write(
        ("id: " + event.cursor() + "\nevent: event\ndata: ").getBytes(StandardCharsets.UTF_8));
    out.write(
        json.writeValueAsBytes(
            new View(
                event.id(),
                event.source(),
                event.type(),
                event.key(),
                event.subject(),
                event.time(),
                event.receivedAt(),
                event.contentType(),
                event.sensitive() ? null : event.body(),
                event.sensitive() ? true : null)));
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
  }

  /**
   * An event of a stream.
   *
   * @param id the event
   * @param source who sent it
   * @param type its type
   * @param key the dedupe key
   * @param subject what it is about
   * @param time when it happened, as its source says
   * @param receivedAt when the hub took it
   * @param contentType of its body
   * @param bodyB64 its bytes as they were received, in base64; missing if it is sensitive
   * @param sensitive true if its body is not for streams; else missing
   */
  record View(
      UUID id,
      String source,
      String type,
      String key,
      @Nullable String subject,
      Instant time,
      Instant receivedAt,
      String contentType,
      byte @Nullable [] bodyB64,
      @Nullable Boolean sensitive) {}
}
