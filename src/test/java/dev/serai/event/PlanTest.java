package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** How does PostgreSQL find the rows of the protocol's steps? */
@EngineTurn
class PlanTest {

  private static final String WHOLE_READS =
      """
      select coalesce(sum(seq_scan), 0) from pg_stat_xact_user_tables
      where schemaname = 'serai' and relname ~ '^(event|delivery|attempt|erasure)'
      """;

  private static final String DATABASE = "plan_" + UUID.randomUUID().toString().replace("-", "");
  private static Connection connection;
  private static JdbcClient jdbc;
  private static ProtocolSteps steps;

  /** In a database of its own, whose tables are empty when the steps are planned first. */
  @BeforeAll
  static void makeDatabase() throws SQLException {
    TestHub hub = TestHub.engine();
    hub.database().sql("create database " + DATABASE).update();
    String url =
        hub.setting("serai.database.url").replaceFirst("/[^/?]+(\\?|$)", "/" + DATABASE + "$1");
    String user = hub.setting("serai.database.user");
    String password = hub.setting("serai.database.password");
    Flyway.configure()
        .dataSource(url, user, password)
        .defaultSchema("serai")
        .createSchemas(true)
        .load()
        .migrate();
    connection = DriverManager.getConnection(url, user, password);
    jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    steps = new ProtocolSteps(jdbc);
    // Each step is planned now, in the session that all tests use.
    steps.append(0);
    steps.claim(UUID.randomUUID());
    steps.ready();
    steps.finish(UUID.randomUUID());
    steps.replay(UUID.randomUUID());
    steps.erase();
    jdbc.sql(
            "insert into serai.node (name, version, started_at, lease_until) "
                + "values ('n', 'v', now(), now() + interval '1 day')")
        .update();
    jdbc.sql(
            """
            insert into serai.delivery (event_id, subscription_id, due_at, order_key)
            select gen_random_uuid(), 1, now() - interval '1 h', case when n % 2 = 0 then 'k' || n % 100 end
            from generate_series(1, 20000) n
            """)
        .update();
    steps.append(5_000);
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    TestHub.engine().database().sql("drop database " + DATABASE + " with (force)").update();
  }

  @Test
  void anAppendReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> steps.append(100))).isZero();
  }

  @Test
  void aClaimReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> steps.claim(anyDelivery()))).isZero();
  }

  @Test
  void theSearchForWhatIsReadyReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> steps.ready())).isZero();
  }

  @Test
  void aFinishReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> steps.finish(anyDelivery()))).isZero();
  }

  @Test
  void aReplayReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> steps.replay(anyDelivery()))).isZero();
  }

  @Test
  void anErasureReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> steps.erase())).isZero();
  }

  @Test
  void noneDoesAfterTheTablesWereAnalysed() throws SQLException {
    jdbc.sql("analyze").update();
    assertThat(
            wholeReads(
                () -> {
                  steps.append(100);
                  steps.claim(anyDelivery());
                  steps.ready();
                  steps.finish(anyDelivery());
                  steps.replay(anyDelivery());
                  steps.erase();
                }))
        .isZero();
  }

  @Test
  void aWholeReadWouldBeSeen() throws SQLException {
    String whole = "select count(*) from serai.delivery where cause = 'x'";
    assertThat(wholeReads(() -> jdbc.sql(whole).query().listOfRows())).isPositive();
  }

  private static long wholeReads(Runnable step) throws SQLException {
    connection.setAutoCommit(false);
    try {
      UUID any = anyDelivery();
      assertThat(any).isNotNull();
      long before = jdbc.sql(WHOLE_READS).query(Long.class).single();
      step.run();
      return jdbc.sql(WHOLE_READS).query(Long.class).single() - before;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** By index, so that it is not counted itself. */
  private static UUID anyDelivery() {
    return jdbc.sql(
            "select event_id from serai.delivery order by event_id, subscription_id limit 1")
        .query(UUID.class)
        .single();
  }
}
