package dev.serai.backup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** How old the newest backups are, and their last verification: the same on every hub. */
final class BackupGauges {

  private static final Logger log = LoggerFactory.getLogger(BackupGauges.class);

  /** Before the first one the time counts from when its job was first there. */
  private static final String AGES =
      """
      select substr(j.name, 1, length(j.name) - 7) as kind,
        extract(epoch from coalesce(max(b.taken_at), j.created_at)) as taken,
        extract(epoch from coalesce(max(b.verified_at), j.created_at)) as verified
      from serai.job j left join serai.backup b on b.kind || '-backup' = j.name
      where j.name in ('database-backup', 'redis-backup')
      group by j.name, j.created_at
      """;

  private final JdbcClient jdbc;
  private final MultiGauge taken;
  private final MultiGauge verified;

  BackupGauges(JdbcClient jdbc, MeterRegistry registry) {
    this.jdbc = jdbc;
    this.taken =
        MultiGauge.builder("serai.backup.last.success")
            .description("The moment that the newest backup shows, in seconds since the epoch")
            .baseUnit("seconds")
            .register(registry);
    this.verified =
        MultiGauge.builder("serai.backup.last.verified")
            .description(
                "When a backup was last restored and was right, in seconds since the epoch")
            .baseUnit("seconds")
            .register(registry);
  }

  @Scheduled(fixedDelay = 30_000, initialDelay = 1_000)
  void look() {
    try {
      List<Age> ages =
          jdbc.sql(AGES)
              .query(
                  (row, number) ->
                      new Age(
                          row.getString("kind"), row.getDouble("taken"), row.getDouble("verified")))
              .list();
      show(taken, ages, Age::taken);
      show(verified, ages, Age::verified);
    } catch (DataAccessException e) {
      log.debug("Backups are looked at when the database is back", e);
    }
  }

  private static void show(MultiGauge gauge, List<Age> ages, ToDoubleFunction<Age> value) {
    gauge.register(
        ages.stream()
            .map(age -> MultiGauge.Row.of(Tags.of("kind", age.kind()), age, value))
            .toList(),
        true);
  }

  private record Age(String kind, double taken, double verified) {}
}
