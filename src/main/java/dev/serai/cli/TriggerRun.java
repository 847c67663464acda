package dev.serai.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.jspecify.annotations.Nullable;

/** Triggers many events at a rate, a few at a time. */
final class TriggerRun {

  private static final int AT_ONCE = 16;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ConcurrentHistogram micros =
      new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(2), 3);
  private final Map<String, Integer> answers = new TreeMap<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private long elapsed;

  /** One request; returns the status of its answer. */
  interface Request {
    String send() throws IOException, InterruptedException;
  }

  /**
   * Sends, and returns when all are answered; the first that fails ends it.
   *
   * @param rate requests a second, or 0 for as many as come back
   */
  void run(int count, int rate, Request request, PrintWriter progress) throws Exception {
    long begin = System.nanoTime();
    long tick = begin;
    for (int i = 0; i < count && failure.get() == null; i++) {
      long due = rate == 0 ? begin : begin + i * SECOND / rate;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      places.acquire();
      Thread.ofVirtual().name("trigger-", i).start(() -> send(request));
      if (System.nanoTime() - tick > SECOND) {
        progress.println("%s of %s".formatted(micros.getTotalCount(), count));
        tick = System.nanoTime();
      }
    }
    places.acquire(AT_ONCE);
    elapsed = System.nanoTime() - begin;
    Exception first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  private void send(Request request) {
    try {
      long begin = System.nanoTime();
      String status = request.send();
      micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
      synchronized (answers) {
        answers.merge(status, 1, Integer::sum);
      }
    } catch (IOException | RuntimeException e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  ObjectNode json() {
    ObjectNode result = ApiClient.JSON.createObjectNode();
    answers.forEach(result::put);
    result.put("seconds", elapsed / (double) SECOND);
    result.put("p50_millis", micros.getValueAtPercentile(50) / 1000.0);
    result.put("p95_millis", micros.getValueAtPercentile(95) / 1000.0);
    result.put("p99_millis", micros.getValueAtPercentile(99) / 1000.0);
    return result;
  }

  String summary() {
    double seconds = elapsed / (double) SECOND;
    return String.format(
        Locale.ROOT,
        "%s in %.1f s (%.1f/s), p50 %.1f ms, p95 %.1f ms, p99 %.1f ms",
        answers.toString().replaceAll("[{}]", "").replace('=', ' '),
        seconds,
        micros.getTotalCount() / seconds,
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(95) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0);
  }
}
