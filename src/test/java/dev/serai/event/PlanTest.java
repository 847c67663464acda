package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** How does PostgreSQL find the rows of the protocol's steps? */
class PlanTest {

  private static final String WHOLE_READS =
      """
      select coalesce(sum(seq_scan), 0) from pg_stat_xact_user_tables
      where schemaname = 'serai' and relname ~ '^(event|delivery|attempt|erasure)'
      """;

  private static final String DATABASE = "plan_" + UUID.randomUUID().toString().replace("-", "");
  private static Connection connection;
  private static JdbcClient jdbc;

  /** In a database of its own, whose tables are empty when the steps are planned first. */
  @BeforeAll
  static void makeDatabase() throws SQLException {
    TestHub hub = TestHub.shared();
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
    // Each step is planned now, in the session that all tests use.
    append(0);
    claim(UUID.randomUUID());
    ready();
    finish(UUID.randomUUID());
    replay(UUID.randomUUID());
    erase();
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
    append(5_000);
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
    TestHub.shared().database().sql("drop database " + DATABASE + " with (force)").update();
  }

  @Test
  void anAppendReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> append(100))).isZero();
  }

  @Test
  void aClaimReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> claim(anyDelivery()))).isZero();
  }

  @Test
  void theSearchForWhatIsReadyReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> ready())).isZero();
  }

  @Test
  void aFinishReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> finish(anyDelivery()))).isZero();
  }

  @Test
  void aReplayReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> replay(anyDelivery()))).isZero();
  }

  @Test
  void anErasureReadsNoTableWhole() throws SQLException {
    assertThat(wholeReads(() -> erase())).isZero();
  }

  @Test
  void noneDoesAfterTheTablesWereAnalysed() throws SQLException {
    jdbc.sql("analyze").update();
    assertThat(
            wholeReads(
                () -> {
                  append(100);
                  claim(anyDelivery());
                  ready();
                  finish(anyDelivery());
                  replay(anyDelivery());
                  erase();
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

  private static void append(int count) {
    jdbc.sql(
            """
            with e as (select array_agg(gen_random_uuid()::text) ids, array_agg('k' || random()) keys,
              array_fill('s'::text, array[:n]) same, array_fill(0::bigint, array[:n]) times,
              array_fill(''::bytea, array[:n]) bodies, array_fill(null::text, array[:n]) nulls,
              array_fill(0, array[:n]) hops, array_fill(1, array[:n]) ones
              from generate_series(1, :n))
            select serai.append_1(1, 0, ids, same, same, keys, nulls, nulls, times, same, bodies, nulls,
              nulls, hops, ids, ones, times, nulls) from e
            """)
        .param("n", count)
        .query()
        .listOfRows();
  }

  /** With an event that is due. */
  private static void erase() {
    jdbc.sql(
            """
            select serai.append_2(1, 0, array[gen_random_uuid()::text], array['s'], array['s'],
              array['k' || random()], array[null], array[null], array[0]::bigint[], array['s'],
              array['']::bytea[], array[null], array[null], array[0], array[true],
              array[gen_random_uuid()::text], array[1], array[0]::bigint[], array[null])
            """)
        .query()
        .listOfRows();
    jdbc.sql("select serai.erase_1(1, 1, 1000)").query().listOfRows();
  }

  private static void claim(UUID event) {
    for (String step : List.of("serai.claim_1", "serai.claim_2", "serai.claim_3")) {
      jdbc.sql("select * from %s(1, 1, array[:event]::text[], :now)".formatted(step))
          .param("event", event.toString())
          .param("now", System.currentTimeMillis() * 1_000)
          .query()
          .listOfRows();
    }
  }

  private static void ready() {
    for (String step : List.of("serai.ready_1", "serai.ready_2")) {
      jdbc.sql("select * from %s(1, :now, 1000)".formatted(step))
          .param("now", System.currentTimeMillis() * 1_000)
          .query()
          .listOfRows();
    }
  }

  private static void replay(UUID event) {
    jdbc.sql(
            """
            select * from serai.replay_1(0, array[:event, gen_random_uuid()::text], array[1, 1],
              array[null, 'k'])
            """)
        .param("event", event.toString())
        .query()
        .listOfRows();
  }

  private static void finish(UUID event) {
    jdbc.sql(
            """
            select * from serai.finish_1(0, array[:event]::text[], array[1], array[1], array[1],
              array['done'], array['cause'], array['detail'], array[null]::bigint[], array[0]::bigint[])
            """)
        .param("event", event.toString())
        .query()
        .listOfRows();
  }
}
