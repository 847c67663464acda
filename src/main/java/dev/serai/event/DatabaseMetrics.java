package dev.serai.event;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** PostgreSQL as the hub sees it, asked every half minute; NaN while it can't be asked. */
final class DatabaseMetrics {

  private static final String ASK =
      """
      select pg_database_size(current_database()) as bytes,
        (select count(*) from pg_stat_activity where datname = current_database()) as connections,
        current_setting('max_connections')::int as most
      """;

  private static final Reading NONE = new Reading(Double.NaN, Double.NaN, Double.NaN);

  private final JdbcClient jdbc;
  private volatile Reading last = NONE;

  DatabaseMetrics(DataSource reads, MeterRegistry registry) {
    this.jdbc = JdbcClient.create(reads);
    gauge(registry, "serai.database.up", "1 while PostgreSQL answers, else 0", this::isUp);
    gauge(
        registry,
        "serai.database.bytes",
        "What the database takes on its disk",
        reading -> reading.bytes);
    gauge(
        registry,
        "serai.database.connections",
        "Connections to the database, of all clients that the account may see",
        reading -> reading.connections);
    gauge(
        registry,
        "serai.database.connections.max",
        "Connections that the server takes, for all its databases",
        reading -> reading.most);
  }

  private double isUp(Reading reading) {
    return reading == NONE ? 0 : 1;
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Reading> value) {
    Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.last))
        .description(description)
        .register(registry);
  }

  @Scheduled(fixedDelay = 30_000)
  void ask() {
    try {
      last = jdbc.sql(ASK).query(DatabaseMetrics::read).single();
    } catch (DataAccessException e) {
      last = NONE; // Health says why.
    }
  }

  private static Reading read(ResultSet row, int number) throws SQLException {
    return new Reading(row.getDouble("bytes"), row.getDouble("connections"), row.getDouble("most"));
  }

  private record Reading(double bytes, double connections, double most) {}
}
