package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Asks the hub for each acknowledged event, by its id, whether all its deliveries are done. */
final class HandledCheck {

  private static final int PAGE = 1000;

  /** The hub counts the open deliveries of a subscription no further. */
  private static final int COUNTED = 10_000;

  private final ApiClient api;
  private final Map<String, Boolean> handled;
  private final Histogram latency = new Histogram(TimeUnit.HOURS.toMicros(1), 3);
  private Instant firstReceived = Instant.MAX;
  private Instant lastFinished = Instant.MIN;

  HandledCheck(ApiClient api, List<String> acknowledged) {
    this.api = api;
    this.handled = HashMap.newHashMap(acknowledged.size());
    acknowledged.forEach(id -> handled.put(id, false));
  }

  /**
   * Waits until the backlog is handled, or stands still because it is another's, and looks each
   * event up, again and again while one is missing.
   *
   * @return how many acknowledged events are not handled
   */
  long run(String type, Duration patience, PrintWriter progress)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      awaitBacklog(end, progress);
      long began = System.nanoTime();
      look(type);
      long missing = handled.values().stream().filter(done -> !done).count();
      long took = System.nanoTime() - began;
      if (missing == 0 || began >= end) {
        return missing;
      }
      // To look a hundred thousand events up is work for the hub, too.
      long pause = Math.max(TimeUnit.SECONDS.toNanos(1), 5 * took);
      TimeUnit.NANOSECONDS.sleep(Math.min(pause, end - System.nanoTime()));
    }
  }

  private void awaitBacklog(long end, PrintWriter progress)
      throws IOException, InterruptedException {
    long before = Long.MAX_VALUE;
    for (long open = backlog();
        open > 0 && (open != before || open >= COUNTED) && System.nanoTime() < end;
        open = backlog()) {
      progress.printf(
          Locale.ROOT, "waiting for the backlog: %d or more deliveries are open%n", open);
      before = open;
      TimeUnit.SECONDS.sleep(2);
    }
  }

  private long backlog() throws IOException, InterruptedException {
    long open = 0;
    for (JsonNode row : api.get("/api/v1/subscriptions", Map.of()).path("subscriptions")) {
      open += row.path("open").asLong();
    }
    return open;
  }

  private void look(String type) throws IOException, InterruptedException {
    latency.reset();
    String oldest = handled.keySet().stream().min(String::compareTo).orElse("");
    @Nullable String cursor = null;
    do {
      Map<String, @Nullable Object> query = new LinkedHashMap<>();
      query.put("type", type);
      query.put("limit", PAGE);
      query.put("cursor", cursor);
      JsonNode page = api.get("/api/v1/events", query);
      page.path("events").forEach(this::note);
      cursor = page.hasNonNull("next") ? page.path("next").asText() : null;
      // Ids grow with time: beyond the oldest of this run there is nothing of it.
    } while (cursor != null && cursor.compareTo(oldest) > 0);
  }

  private void note(JsonNode event) {
    String id = event.path("id").asText();
    if (!handled.containsKey(id)) {
      return;
    }
    Instant received = Instant.parse(event.path("received_at").asText());
    boolean done = !event.path("deliveries").isEmpty();
    Instant finished = received;
    for (JsonNode delivery : event.path("deliveries")) {
      done &= delivery.path("state").asText().equals("done");
      if (delivery.hasNonNull("finished_at")) {
        Instant at = Instant.parse(delivery.path("finished_at").asText());
        finished = at.isAfter(finished) ? at : finished;
      }
    }
    handled.put(id, done);
    if (done) {
      firstReceived = received.isBefore(firstReceived) ? received : firstReceived;
      lastFinished = finished.isAfter(lastFinished) ? finished : lastFinished;
      latency.recordValue(
          Math.clamp(
              TimeUnit.NANOSECONDS.toMicros(Duration.between(received, finished).toNanos()),
              0,
              latency.getHighestTrackableValue()));
    }
  }

  /** Events a second, from the first that was received to the last that was handled. */
  double perSecond() {
    double seconds = Duration.between(firstReceived, lastFinished).toNanos() / 1e9;
    return latency.getTotalCount() / Math.max(seconds, 1e-9);
  }

  /** From receipt to handled and recorded. */
  double millis(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1000.0;
  }
}
