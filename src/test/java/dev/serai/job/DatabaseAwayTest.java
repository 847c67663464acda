package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.embedded.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What becomes of a run whose database is killed under it? */
class DatabaseAwayTest {

  private static final int ROWS = 5_500;

  @Test
  void itIsRepeatedAndDoesTheRest() throws Exception {
    try (TestServers servers = TestServers.start();
        TestHub hub = TestHub.start(servers.settings())) {
      TestRuns runs = TestRuns.of(hub);
      hub.database()
          .sql(
              """
              insert into analytics.execution (event_id, workspace, id, agent, status, happened_at)
              select gen_random_uuid(), 'acme', n, 'writer', 'succeeded', now() - interval '40 days' + n * interval '1 s'
              from generate_series(1, ?) as n
              """)
          .param(ROWS)
          .update();
      UUID run;
      Connection other = hub.bean("readDataSource", DataSource.class).getConnection();
      try {
        other.setReadOnly(false);
        other.setAutoCommit(false);
        other
            .createStatement()
            .execute("select from analytics.execution where id = '2500' for update");
        run = runs.begin("old-executions", Map.of());
        await().until(() -> left(hub) == ROWS - 2_000);
        await().until(() -> "2000 executions, 0 contents deleted".equals(runs.find(run).message()));
        servers.killPostgres();
      } finally {
        close(other);
      }
      servers.startPostgres();

      await()
          .atMost(Duration.ofSeconds(90))
          .ignoreExceptions()
          .until(
              () -> {
                runs.later(run);
                return runs.find(run).state().equals("done");
              });
      assertThat(runs.find(run).attempts()).isEqualTo(2);
      assertThat(runs.find(run).result()).startsWith("3500 executions and 0 contents before ");
      assertThat(left(hub)).isZero();
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // Its server is gone.
    }
  }

  private static long left(TestHub hub) {
    return hub.database()
        .sql("select count(*) from analytics.execution")
        .query(Long.class)
        .single();
  }
}
