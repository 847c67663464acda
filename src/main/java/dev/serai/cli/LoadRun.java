package dev.serai.cli;

import dev.serai.webhook.LoadRequests;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Posts requests over a fixed number of connections, from one thread, so that the load test takes
 * little of the machine that it measures.
 */
final class LoadRun {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Microseconds, up to a minute, to three digits. */
  private final Histogram latency = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);

  private final List<String> acknowledged = new ArrayList<>();
  private final Map<Integer, Integer> refused = new TreeMap<>();
  private final InetSocketAddress address;
  private final int connections;
  private final int rate;
  private final LoadRequests requests;
  private final PrintWriter progress;
  private long elapsed;

  /**
   * @param rate requests a second, or 0 for as many as come back
   */
  LoadRun(
      InetSocketAddress address,
      int connections,
      int rate,
      LoadRequests requests,
      PrintWriter progress) {
    this.address = address;
    this.connections = connections;
    this.rate = rate;
    this.requests = requests;
    this.progress = progress;
  }

  void run(Duration duration) throws IOException {
    Deque<LoadConnection> idle = new ArrayDeque<>();
    try (Selector selector = Selector.open()) {
      for (int i = 0; i < connections; i++) {
        idle.add(new LoadConnection(address, selector));
      }
      long begin = System.nanoTime();
      long end = begin + duration.toNanos();
      long tick = begin;
      long sent = 0;
      int shown = 0;
      while (System.nanoTime() < end || idle.size() < connections) {
        long now = System.nanoTime();
        while (now < end && !idle.isEmpty() && due(begin, sent) <= now) {
          idle.poll().send(requests.next(), rate == 0 ? System.nanoTime() : due(begin, sent));
          sent++;
        }
        selector.select(rate == 0 ? 100 : 1);
        receive(selector, idle);
        if (now - tick > SECOND) {
          progress.printf(
              Locale.ROOT,
              "%6d/s  %d acknowledged%n",
              acknowledged.size() - shown,
              acknowledged.size());
          shown = acknowledged.size();
          tick = now;
        }
      }
      elapsed = System.nanoTime() - begin;
      for (LoadConnection connection : idle) {
        connection.close();
      }
    }
  }

  private long due(long begin, long number) {
    return rate == 0 ? begin : begin + number * SECOND / rate;
  }

  private void receive(Selector selector, Deque<LoadConnection> idle) throws IOException {
    Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      LoadConnection connection = (LoadConnection) ready.next().attachment();
      ready.remove();
      LoadConnection.Answer answer = connection.read();
      if (answer != null) {
        record(answer, System.nanoTime() - connection.sentAt());
        idle.add(connection);
      }
    }
  }

  private void record(LoadConnection.Answer answer, long nanos) throws IOException {
    if (answer.status() == 200) {
      latency.recordValue(
          Math.min(TimeUnit.NANOSECONDS.toMicros(nanos), latency.getHighestTrackableValue()));
      acknowledged.add(ApiClient.JSON.readTree(answer.body()).path("id").asText());
    } else {
      refused.merge(answer.status(), 1, Integer::sum);
    }
  }

  List<String> acknowledged() {
    return acknowledged;
  }

  /** Requests that were not answered with 200, by status. */
  Map<Integer, Integer> refused() {
    return refused;
  }

  double perSecond() {
    return acknowledged.size() * (double) SECOND / elapsed;
  }

  double millis(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1000.0;
  }
}
