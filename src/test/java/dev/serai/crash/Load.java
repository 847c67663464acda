package dev.serai.crash;

import dev.serai.StripeSender;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Posts signed events with ids of their own over a few connections until it is closed, and
 * remembers what the hub acknowledged. A hub that is away doesn't stop it.
 */
final class Load implements AutoCloseable {

  /** Enough for the longest test; whatever goes wrong, the disk stays free. */
  private static final int MOST = 200_000;

  private static final int TRIES = 5;

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private final HubProcess hub;
  private final String type;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final ScheduledExecutorService connections;
  private final AtomicInteger sent = new AtomicInteger();
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();

  private Load(HubProcess hub, String type, int connections, Duration pause) {
    this.hub = hub;
    this.type = type;
    this.connections =
        Executors.newScheduledThreadPool(
            connections, Thread.ofPlatform().daemon().name("load-", 1).factory());
    for (int i = 0; i < connections; i++) {
      this.connections.scheduleWithFixedDelay(
          this::post, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** As much as leaves a slow machine time to handle it. */
  static Load on(HubProcess hub, String type) {
    return new Load(hub, type, 8, Duration.ofMillis(20));
  }

  /** A few events a second, as a measure of how long one takes. */
  static Load trickleOn(HubProcess hub, String type) {
    return new Load(hub, type, 1, Duration.ofMillis(20));
  }

  /** Posts one event, again when it is told to, as a provider does; returns its id in the log. */
  static String post(HubProcess hub, String type) throws IOException, InterruptedException {
    String event = event("evt_" + UUID.randomUUID(), type);
    HttpResponse<String> response = hub.sender().post(event);
    for (int i = 0; i < TRIES && response.statusCode() == 503; i++) {
      response = hub.sender().post(event);
    }
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + " " + response.body() + hub.tail());
    }
    return id(response.body());
  }

  private static String event(String key, String type) {
    return StripeSender.event(
        key, type, "{\"id\":\"ob_1\",\"filler\":\"%s\"}".formatted(" ".repeat(1000)));
  }

  private static String id(String body) {
    Matcher id = ID.matcher(body);
    if (!id.find()) {
      throw new IllegalStateException("No id in " + body);
    }
    return id.group(1);
  }

  private void post() {
    if (sent.incrementAndGet() > MOST) {
      return;
    }
    String key = "evt_" + UUID.randomUUID();
    long begin = System.nanoTime();
    try {
      HttpResponse<String> response =
          client.send(hub.sender().request(event(key, type)), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() == 200) {
        acknowledged.put(key, id(response.body()));
      } else {
        refusals.add(
            new Refusal(
                response.statusCode(),
                response.headers().firstValue("Retry-After").isPresent(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)));
      }
    } catch (IOException e) {
      unanswered.add(key);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The log's ids of what the hub acknowledged. */
  List<String> acknowledged() {
    return List.copyOf(acknowledged.values());
  }

  /** Stripe's ids of what was posted and got no answer at all. */
  Collection<String> unanswered() {
    return List.copyOf(unanswered);
  }

  /** What was answered with something else than 200. */
  List<Refusal> refusals() {
    return List.copyOf(refusals);
  }

  /** Ends when every request has its answer. */
  @Override
  public void close() {
    connections.close();
  }

  /**
   * @param millis how long its poster waited
   */
  record Refusal(int status, boolean retryAfter, long millis) {}
}
