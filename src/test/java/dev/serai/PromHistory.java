package dev.serai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Prometheus has scraped of one hub, in the order of time.
 *
 * @param scrapes with their times, in seconds since the epoch
 */
public record PromHistory(List<Scrape> scrapes) {

  private static final double EVERY = 60;

  /** An answer older than this counts no more. */
  private static final double STALE = 300;

  /** One answer. */
  public record Scrape(double time, Metrics metrics) {}

  record Point(double time, double value) {}

  /**
   * A hub that said one thing for an hour, then another, and then what happened in between goes on.
   */
  public static PromHistory of(Metrics before, Metrics then, Metrics after) {
    double now = System.currentTimeMillis() / 1000.0;
    return empty()
        .hold(before, now - 61 * EVERY, 60)
        .hold(then, now - EVERY, 1)
        .goOn(then, after, 70);
  }

  static PromHistory empty() {
    return new PromHistory(List.of());
  }

  double end() {
    return scrapes.getLast().time;
  }

  /** The same, after the hub has said this for so many minutes, the first time at {@code from}. */
  PromHistory hold(Metrics metrics, double from, int minutes) {
    List<Scrape> all = new ArrayList<>(scrapes);
    for (int i = 0; i < minutes; i++) {
      all.add(new Scrape(from + i * EVERY, metrics));
    }
    return new PromHistory(all);
  }

  /** The same, after what happened between two scrapes has happened again in each minute. */
  PromHistory goOn(Metrics before, Metrics after, int minutes) {
    List<Scrape> all = new ArrayList<>(scrapes);
    Map<String, Double> first = new TreeMap<>();
    before.samples().forEach(sample -> first.put(sample.name() + sample.labels(), sample.value()));
    double from = end() + EVERY;
    for (int i = 0; i < minutes; i++) {
      int times = i;
      List<Metrics.Sample> samples =
          after.samples().stream().map(sample -> grown(sample, first, times)).toList();
      all.add(new Scrape(from + i * EVERY, new Metrics(samples)));
    }
    return new PromHistory(all);
  }

  private static Metrics.Sample grown(Metrics.Sample sample, Map<String, Double> first, int times) {
    if (!sample.name().matches(".*_(total|count|sum|bucket)")) {
      return sample;
    }
    double before = first.getOrDefault(sample.name() + sample.labels(), 0.0);
    return new Metrics.Sample(
        sample.name(), sample.labels(), sample.value() + times * (sample.value() - before));
  }

  /** The last values at a time. */
  List<Metrics.Sample> at(double time) {
    return scrapes.stream()
        .filter(scrape -> scrape.time <= time && scrape.time > time - STALE)
        .reduce((one, later) -> later)
        .map(scrape -> scrape.metrics.samples())
        .orElse(List.of());
  }

  /** The values of all series of a name within so many seconds before a time. */
  Map<Map<String, String>, List<Point>> range(PromSelector wanted, double time, double span) {
    Map<Map<String, String>, List<Point>> found = new LinkedHashMap<>();
    for (Scrape scrape : scrapes) {
      if (scrape.time <= time && scrape.time > time - span) {
        for (Metrics.Sample sample : scrape.metrics.samples()) {
          if (wanted.selects(sample)) {
            found
                .computeIfAbsent(sample.labels(), labels -> new ArrayList<>())
                .add(new Point(scrape.time, sample.value()));
          }
        }
      }
    }
    return found;
  }

  /** The times of its scrapes from one on. */
  List<Double> timesFrom(double from) {
    return scrapes.stream().map(Scrape::time).filter(time -> time >= from).toList();
  }
}
