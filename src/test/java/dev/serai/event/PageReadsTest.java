package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How much of the log does a page of a replay read? */
@EngineTurn
class PageReadsTest {

  private static final String EVENTS_READ =
      """
      select sum(seq_tup_read + idx_tup_fetch) from pg_stat_xact_user_tables
      where schemaname = 'serai' and relname ~ '^event_(kept|2)'
      """;

  private static final String WITHOUT_ORDER =
      """
      select set_config('enable_indexscan', 'off', true),
        set_config('enable_indexonlyscan', 'off', true)
      """;

  private static final int SCAN = 100;

  private final TestHub hub = TestHub.engine();
  private final JdbcClient jdbc = hub.database();
  private final TransactionTemplate transaction =
      new TransactionTemplate(
          new DataSourceTransactionManager(hub.bean("dataSource", DataSource.class)));

  @Test
  void itsOwnEventsEvenWhenPostgresWouldRatherReadAndSortAllThatFollow() {
    TestLog.of(hub).append("test." + UUID.randomUUID(), 5 * SCAN);
    assertThat(read(ReplaySteps.SETTINGS)).isBetween(1L, 2L * SCAN);
    assertThat(read(WITHOUT_ORDER)).as("what is seen if it does").isGreaterThan(4L * SCAN);
  }

  private long read(String settings) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              jdbc.sql("set local random_page_cost = 1000").update();
              jdbc.sql(settings).query().singleRow();
              jdbc.sql(ReplayPages.LAST_OF_EVENTS)
                  .param("position", new UUID(0, 0))
                  .param("until", new UUID(-1, -1))
                  .param("scan", SCAN)
                  .query(UUID.class)
                  .single();
              return jdbc.sql(EVENTS_READ).query(Long.class).single();
            }));
  }
}
