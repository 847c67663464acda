package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.api.BrokenAudit;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The shared hub, when all has happened that an alert tells of, twice. */
final class TroubledHub {

  /** What all names of the sources and jobs in trouble have in common. */
  static final String MARK = UUID.randomUUID().toString().substring(0, 8);

  private static final double WEEK = Duration.ofDays(7).toSeconds();
  private static final double YEAR = Duration.ofDays(366).toSeconds();

  private static final TestHub HUB = TestHub.shared();
  private static final FutureTask<Scrapes> TOLD = new FutureTask<>(TroubledHub::scrape);

  private TroubledHub() {}

  /** What it said in the end. */
  static Metrics metrics() {
    return told().after;
  }

  /** An hour without trouble, and one with; it begins {@link #at}. */
  static PromHistory now() {
    Scrapes told = told();
    return PromHistory.of(told.quiet, told.then, told.after);
  }

  /** When the trouble begins in a history. */
  static double at(PromHistory history) {
    return history.scrapes().getFirst().time() + Duration.ofHours(1).toSeconds();
  }

  /** A week later, when nobody has sent anything. */
  static PromHistory aWeekLater() {
    return now().hold(told().after, now().end() - Duration.ofHours(1).toSeconds() + WEEK, 50);
  }

  static PromHistory aYearLater() {
    return now().hold(told().after, now().end() + YEAR, 70);
  }

  /** Whether labels belong to what was in trouble. */
  static boolean isTroubled(String label) {
    return label.contains(MARK) && !label.startsWith("calm") || told().handlers.contains(label);
  }

  static boolean isCalm(String label) {
    return label.contains(MARK) && label.startsWith("calm") || label.equals(told().calm);
  }

  private record Scrapes(
      Metrics quiet, Metrics then, Metrics after, String handlers, String calm) {}

  /** Once for all tests; if it fails, each of them says why. */
  private static Scrapes told() {
    TOLD.run();
    try {
      return TOLD.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Scrapes scrape() throws Exception {
    try (var sources = new TroubledSources(HUB, MARK);
        var deliveries = new TroubledDeliveries(HUB, sources.lossy());
        var jobs = new TroubledJobs(HUB, MARK)) {
      Metrics quiet = Metrics.of(HUB);
      sources.trouble();
      deliveries.trouble();
      jobs.trouble();
      audit();
      Metrics then = Metrics.of(HUB);
      sources.trouble();
      deliveries.trouble();
      jobs.trouble();
      audit();
      sources.awaitMetrics();
      deliveries.awaitMetrics();
      jobs.awaitMetrics();
      awaitValue(1, "serai_backup_last_success_seconds"); // looked at each half minute
      return new Scrapes(quiet, then, Metrics.of(HUB), deliveries.ids(), deliveries.calm());
    }
  }

  /** A call that can't be written down. */
  private static void audit() throws Exception {
    String path = "/api/v1/subscriptions/%s/pause".formatted(MARK);
    try (var broken = new BrokenAudit(HUB, "insert", "new.path = '%s'".formatted(path))) {
      assertThat(Api.of(HUB).post(path, "").status()).isEqualTo(503);
    }
  }

  static void awaitValue(double least, String metric, String... labels) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                Metrics.of(HUB).all(metric, labels).stream()
                    .anyMatch(sample -> sample.value() >= least));
  }
}
