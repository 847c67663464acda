package dev.serai.job;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Tells monitors outside of runs, so that silence tells them that all hubs are gone. */
final class Pings {

  private static final Logger log = LoggerFactory.getLogger(Pings.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

  /** 5 s times two to this is a little more than five minutes. */
  private static final int MOST_DOUBLINGS = 6;

  private final Map<String, Ping> pings;
  private final PingTable table;
  private final JobMetrics metrics;
  private final Clock clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  Pings(Map<String, Ping> pings, PingTable table, JobMetrics metrics, Clock clock) {
    this.pings = pings;
    this.table = table;
    this.metrics = metrics;
    this.clock = clock;
  }

  @Scheduled(fixedDelay = 5_000)
  void tell() {
    if (pings.isEmpty()) {
      return;
    }
    try {
      for (PingTable.News news : table.take(pings.keySet(), clock.instant())) {
        Thread.ofVirtual().name("ping-" + news.job()).start(() -> tell(news));
      }
    } catch (DataAccessException e) {
      log.warn("Monitors of jobs are not told, because the database can't be used", e);
    }
  }

  private void tell(PingTable.News news) {
    try {
      String problem = problem(news);
      if (problem == null) {
        table.told(news, clock.instant());
        return;
      }
      metrics.pinged(news.job(), false);
      int doublings = Math.min(news.failures(), MOST_DOUBLINGS);
      Instant next = clock.instant().plus(AGAIN_AFTER.multipliedBy(1L << doublings));
      log.warn("The monitor of job {} was not told: {}; again at {}", news.job(), problem, next);
      table.failed(news, next);
    } catch (DataAccessException e) {
      log.warn("What the monitor of job {} was told is not recorded", news.job(), e);
    }
  }

  /** Tells all that there is; the end of a run first, because the one that has begun is later. */
  private @Nullable String problem(PingTable.News news) {
    Ping ping = pings.get(news.job());
    if (ping == null) {
      return null;
    }
    String problem = null;
    if (news.ended() != null && (ping.isDetailed() || news.isDone())) {
      problem = send(news.job(), ping.uri(news.isDone() ? "" : "/fail"));
    }
    if (problem == null && news.started() != null && ping.isDetailed()) {
      problem = send(news.job(), ping.uri("/start"));
    }
    return problem;
  }

  /** Returns why it was not taken, without the address, which is a secret. */
  private @Nullable String send(String job, URI address) {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(PATIENCE).header("User-Agent", "serai").build();
    try {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status / 100 != 2) {
        return "it answers " + status;
      }
      metrics.pinged(job, true);
      return null;
    } catch (IOException e) {
      return e.getClass().getSimpleName();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "the hub stops";
    }
  }
}
