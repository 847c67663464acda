package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What does a run of retention leave behind? */
@EngineTurn
class RetentionConnectionsTest {

  private final TestHub hub = TestHub.engine();

  @Test
  void itGivesBackItsConnections() throws Exception {
    HikariPoolMXBean pool =
        hub.bean(DataSource.class).unwrap(HikariDataSource.class).getHikariPoolMXBean();
    await().until(() -> pool.getActiveConnections() == 0);
    Duration ages = Duration.ofDays(10_000);
    RetentionSettings settings =
        new RetentionSettings(ages, ages, ages, Map.of(), ages, ages, ages, ages);

    new Retention(hub.database(), hub.bean(Subscriptions.class), settings, Clock.systemUTC()).run();

    assertThat(pool.getActiveConnections()).isZero();
  }
}
