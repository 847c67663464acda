package dev.serai.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** How does PostgreSQL find the rows of queues? */
@EngineTurn
class QueuePlanTest {

  private static final String WHOLE_READS =
      """
      select coalesce(sum(seq_scan), 0) from pg_stat_xact_user_tables
      where schemaname = 'serai' and relname ~ '^(event|delivery|attempt|queue)'
      """;

  private final QueueApi queue = QueueApi.of(TestHub.engine());

  @Test
  void neitherHandingOutNorTakingBackReadsATableWhole() throws Exception {
    for (int i = 0; i < 20; i++) {
      queue.put(Integer.toString(i));
    }
    DataSource source = TestHub.engine().bean("engineDataSource", DataSource.class);
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      try {
        look(JdbcClient.create(new SingleConnectionDataSource(connection, true)));
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private void look(JdbcClient jdbc) throws SQLException {
    int subscription =
        jdbc.sql("select id from serai.subscription where name = :name")
            .param("name", queue.subscription())
            .query(Integer.class)
            .single();
    long now = System.currentTimeMillis() * 1_000;
    long before = jdbc.sql(WHOLE_READS).query(Long.class).single();
    assertThat(
            jdbc.sql("select * from serai.dequeue_1(:queue, :now, :until, 'w', 10)")
                .param("queue", subscription)
                .param("now", now)
                .param("until", now)
                .query()
                .listOfRows())
        .hasSize(10);
    assertThat(
            jdbc.sql("select serai.end_leases_1(:now, 200)")
                .param("now", now + 1)
                .query(Integer.class)
                .single())
        .isGreaterThanOrEqualTo(10);
    assertThat(jdbc.sql(WHOLE_READS).query(Long.class).single()).isEqualTo(before);
  }
}
