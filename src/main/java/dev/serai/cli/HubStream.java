package dev.serai.cli;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes events from a hub, on a thread of its own, over as many connections as it needs: when one
 * breaks or is silent, it says so and goes on behind the last event that it got.
 */
final class HubStream implements Runnable {

  /** The hub says something every two seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(7);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int AHEAD = 64;

  private final ApiClient api;
  private final Map<String, @Nullable Object> query;
  private final String greeting;
  private final Consumer<String> report;
  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(AHEAD);
  private @Nullable String cursor;
  private boolean met;
  private boolean lost;

  /** Either of the two. */
  private record Item(@Nullable StreamedEvent event, @Nullable Exception failure) {}

  /**
   * @param query what to stream, and from where if there is no cursor
   * @param greeting what is said when the hub has answered first
   * @param report takes what is to be said about the connection
   */
  HubStream(
      ApiClient api,
      Map<String, ? extends @Nullable Object> query,
      @Nullable String cursor,
      String greeting,
      Consumer<String> report) {
    this.api = api;
    this.query = new LinkedHashMap<>(query);
    this.cursor = cursor;
    this.greeting = greeting;
    this.report = report;
  }

  /**
   * The next event or place; waits for it.
   *
   * @throws HubRefusal when the hub will never give one
   */
  StreamedEvent take() throws Exception {
    Item item = items.take();
    if (item.event == null) {
      throw item.failure == null ? new EOFException() : item.failure;
    }
    return item.event;
  }

  @Override
  public void run() {
    try {
      long pause = 250;
      while (true) {
        try {
          read();
          throw new EOFException("it ended the stream");
        } catch (IOException e) {
          if (Thread.interrupted()) {
            return; // nobody takes events any more
          }
          // A hub that was never there is another case than one that is away.
          if (e instanceof ConnectException && cursor == null && !lost) {
            throw e;
          }
          pause = lost ? Math.min(pause * 2, LONGEST_PAUSE.toMillis()) : 250;
          lose(reason(e));
        }
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      boolean given = items.offer(new Item(null, e));
      if (!given) {
        items.clear();
        items.add(new Item(null, e));
      }
    }
  }

  private void lose(String reason) {
    if (!lost) {
      report.accept("Lost the hub at %s (%s); trying again".formatted(api.url, reason));
      lost = true;
    }
  }

  private void greet() {
    if (!met) {
      report.accept(greeting);
    } else if (lost) {
      report.accept("The hub is back");
    }
    met = true;
    lost = false;
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case ConnectException e -> "it can't be reached";
      case SocketTimeoutException e -> "it is silent";
      default -> String.valueOf(failure.getMessage());
    };
  }

  private void read() throws IOException, InterruptedException {
    HttpURLConnection connection = api.open("/api/v1/events/stream", query, SILENCE);
    try {
      connection.setRequestProperty("Accept", "text/event-stream");
      if (cursor != null) {
        connection.setRequestProperty("Last-Event-ID", cursor);
      }
      int status = connection.getResponseCode();
      if (status != 200) {
        HubRefusal refusal = refusal(connection, status);
        if (refusal.isTemporary()) {
          throw new IOException(refusal.getMessage());
        }
        throw refusal;
      }
      read(connection.getInputStream());
    } finally {
      connection.disconnect();
    }
  }

  private static HubRefusal refusal(HttpURLConnection connection, int status) throws IOException {
    try (InputStream body = connection.getErrorStream()) {
      return HubRefusal.of(
          status,
          body == null ? new byte[0] : body.readAllBytes(),
          connection.getHeaderField("Retry-After"));
    }
  }

  private void read(InputStream in) throws IOException, InterruptedException {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String id = "";
    String data = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      greet();
      if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("data: ")) {
        data = line.substring("data: ".length());
      } else if (line.isEmpty()) {
        items.put(
            new Item(data.isEmpty() ? StreamedEvent.place(id) : StreamedEvent.of(id, data), null));
        cursor = id;
        data = "";
      }
    }
  }
}
