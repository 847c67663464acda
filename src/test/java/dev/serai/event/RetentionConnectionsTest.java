package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What does a run of retention leave behind? */
@EngineTurn
class RetentionConnectionsTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void itGivesBackItsConnections() throws Exception {
    // Of its own: the hub's is used by whatever the hub does meanwhile.
    try (HikariDataSource connections = hub.connections(2)) {
      Duration ages = Duration.ofDays(10_000);
      RetentionSettings settings =
          new RetentionSettings(ages, ages, ages, Map.of(), ages, ages, ages, ages);

      RetentionParts.forget(
          new Retention(JdbcClient.create(connections), settings, Clock.systemUTC()));

      assertThat(connections.getHikariPoolMXBean().getTotalConnections()).isPositive();
      assertThat(connections.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
  }
}
