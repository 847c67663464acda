package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.serai.Api;
import dev.serai.TestHub;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does the API answer while handlers hold all of their connections? */
@Isolated("it disturbs all that share the hub")
class BusyHandlersTest {

  private final TestHub hub = TestHub.shared();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events",
        "subscriptions",
        "dead-letters",
        "dead-letters/causes",
        "refusals",
        "replays",
        "sources",
        "audit",
        "routes"
      })
  void theSameAsEver(String listing) throws Exception {
    HikariDataSource handlers = hub.bean(DataSource.class).unwrap(HikariDataSource.class);
    List<Connection> held = new ArrayList<>();
    try {
      while (handlers.getHikariPoolMXBean().getActiveConnections()
          < handlers.getMaximumPoolSize()) {
        held.add(handlers.getConnection());
      }
      assertThat(Api.of(hub).get("/api/v1/" + listing).status()).isEqualTo(200);
    } finally {
      for (Connection connection : held) {
        connection.close();
      }
    }
  }
}
