package dev.serai.bus;

import dev.serai.event.BacklogCount;
import dev.serai.event.BacklogCounts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** What waits for each subscription, as the tables say it: the same on every hub. */
final class BacklogGauges {

  private static final Logger log = LoggerFactory.getLogger(BacklogGauges.class);

  private static final double MILLIS_PER_SECOND = 1_000;

  private final BacklogCounts backlogs;
  private final MultiGauge open;
  private final MultiGauge oldest;
  private final MultiGauge dead;

  BacklogGauges(BacklogCounts backlogs, MeterRegistry registry) {
    this.backlogs = backlogs;
    this.open =
        MultiGauge.builder("serai.backlog.open")
            .description("Deliveries that are ready or running, counted up to 10,000")
            .register(registry);
    this.oldest =
        MultiGauge.builder("serai.backlog.oldest.due")
            .description("When the oldest of them became due; NaN if there is none")
            .baseUnit("seconds")
            .register(registry);
    this.dead =
        MultiGauge.builder("serai.backlog.dead")
            .description("Dead letters that nobody has seen to, counted up to 10,000")
            .register(registry);
  }

  @Scheduled(fixedDelay = 10_000, initialDelay = 1_000)
  void count() {
    try {
      List<BacklogCount> counts = backlogs.all();
      show(open, counts, BacklogCount::open);
      show(
          oldest,
          counts,
          count ->
              count.oldestDueAt() == null
                  ? Double.NaN
                  : count.oldestDueAt().toEpochMilli() / MILLIS_PER_SECOND);
      show(dead, counts, BacklogCount::dead);
    } catch (DataAccessException e) {
      log.debug("Backlogs are counted when the database is back", e);
    }
  }

  private static void show(
      MultiGauge gauge, List<BacklogCount> counts, ToDoubleFunction<BacklogCount> value) {
    gauge.register(
        counts.stream()
            .map(
                count ->
                    MultiGauge.Row.of(Tags.of("subscription", count.subscription()), count, value))
            .toList(),
        true);
  }
}
