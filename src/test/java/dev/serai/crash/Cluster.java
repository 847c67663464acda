package dev.serai.crash;

import dev.serai.StripeSender;
import dev.serai.embedded.TestServers;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several packaged hubs on one PostgreSQL and one Redis, which outlive all of them. */
final class Cluster implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** 25 events a second: little enough for hubs that start on the same few processors. */
  private static final int POSTERS = 4;

  private static final int EACH_MILLIS = 160;

  private final String name;
  private final TestServers servers;
  private final List<HubProcess> hubs = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final Ledger ledger;

  Cluster(String name) throws IOException {
    this.name = name;
    this.servers = TestServers.start();
    this.ledger = Ledger.on(servers.settings());
    ledger.create();
  }

  Ledger ledger() {
    return ledger;
  }

  List<HubProcess> hubs() {
    return hubs;
  }

  /** Starts one more hub; it may not be ready yet. */
  HubProcess add() throws IOException {
    return add(Map.of(), "");
  }

  /** The same with other settings, and a file of jobs beside its routes. */
  HubProcess add(Map<String, String> settings, String jobs) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    servers
        .settings()
        .forEach(
            (setting, value) ->
                environment.put(setting.toUpperCase(Locale.ROOT).replace('.', '_'), value));
    environment.put("SERAI_DATABASE_HANDLER_CONNECTIONS", "12");
    environment.putAll(settings);
    HubProcess hub = new HubProcess("%s-%s".formatted(name, hubs.size() + 1), environment);
    if (!jobs.isEmpty()) {
      Files.createDirectories(hub.folder().resolve("routes/jobs"));
      Files.writeString(hub.folder().resolve("routes/jobs/jobs.camel.yaml"), jobs);
    }
    hubs.add(hub.launch());
    return hub;
  }

  void awaitReady() throws IOException {
    for (HubProcess hub : hubs) {
      hub.ensureReady();
    }
  }

  /** As whatever runs hubs does. */
  void restartTheDead() throws IOException {
    for (HubProcess hub : hubs) {
      if (!hub.isAlive()) {
        hub.launch();
      }
    }
  }

  /** Tells a hub to stop and forgets it. */
  void remove(HubProcess hub) throws InterruptedException {
    hubs.remove(hub);
    hub.terminate();
    hub.awaitExit(Duration.ofSeconds(40));
  }

  /** Posts an event, to one hub after the other, until one has taken it; returns its id. */
  String post(String type, String object) throws IOException, InterruptedException {
    String event = StripeSender.event("evt_" + UUID.randomUUID(), type, object);
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      List<HubProcess> now = List.copyOf(hubs);
      HubProcess hub = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
      try {
        HttpResponse<String> response = hub.sender().post(event);
        Matcher id = ID.matcher(response.body());
        if (response.statusCode() == 200 && id.find()) {
          return id.group(1);
        }
      } catch (IOException itIsAway) {
        // The next one may be there.
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new IOException("No hub takes events: " + hubs.getFirst().tail());
  }

  /** Posts events of a type until it is shut down, and adds to the others what was taken. */
  ScheduledExecutorService post(String type, Queue<String> taken) {
    ScheduledExecutorService posters = Executors.newScheduledThreadPool(POSTERS);
    for (int i = 0; i < POSTERS; i++) {
      posters.scheduleAtFixedRate(
          () -> {
            try {
              taken.add(post(type, "{\"id\":\"some\"}"));
            } catch (IOException e) {
              throw new IllegalStateException(e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          },
          0,
          EACH_MILLIS,
          TimeUnit.MILLISECONDS);
    }
    return posters;
  }

  @Override
  public void close() throws IOException {
    hubs.forEach(HubProcess::close);
    servers.close();
  }

  /** The hub whose process it is. */
  HubProcess hub(long pid) {
    return hubs().stream().filter(hub -> hub.pid() == pid).findFirst().orElseThrow();
  }
}
