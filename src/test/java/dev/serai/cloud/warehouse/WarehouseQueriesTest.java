package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is asked of the warehouse, and what is refused? */
@Execution(ExecutionMode.CONCURRENT)
class WarehouseQueriesTest {

  private final LocalFile local;

  WarehouseQueriesTest(@TempDir Path folder) throws IOException {
    local =
        new LocalFile(folder)
            .schema(
                "things", "[%s, %s]".formatted(WarehouseFaultsTest.ID, WarehouseFaultsTest.NUMBER));
  }

  @AfterEach
  void close() {
    local.warehouse().close();
  }

  @Test
  void onlyASingleSelectIsAnsweredAndItReachesNothingElse() throws Exception {
    local.insert("things", "a", 1);
    for (String sql :
        List.of(
            "delete from things",
            "select 1; delete from things",
            "select 1) union all (select 2",
            "with x as (delete from things returning *) select * from x",
            "attach '/tmp/x.duckdb'",
            "copy things to '/tmp/things.csv'",
            "select * from read_text('/etc/hostname')",
            "from '/etc/passwd'",
            "set memory_limit = '1GB'",
            "select no_column from things",
            "",
            "select")) {
      assertThatThrownBy(() -> local.ask(sql)).as(sql).isInstanceOf(QueryRefusedException.class);
    }
    assertThat(local.ask("select count(*) as n from things -- all ;").rows())
        .containsExactly(Map.of("n", 1L));
  }

  @Test
  void aQueryThatTakesTooLongIsStopped() throws Exception {
    Question slow =
        new Question(
            "select count(*) from range(100000000000) a", Map.of(), 1, "", Duration.ofMillis(200));
    assertThatThrownBy(() -> new LocalQueries(local.warehouse()).ask(slow))
        .isInstanceOf(QueryTimeoutException.class)
        .hasMessageContaining("200 ms");
  }

  @Test
  void aPageOfAnotherQueryIsNone() throws Exception {
    local.insertMany("things", 3);
    Question first =
        new Question("select id from things order by id", Map.of(), 1, "", Duration.ofSeconds(5));
    String next = Objects.requireNonNull(new LocalQueries(local.warehouse()).ask(first).next());
    Question other =
        new Question("select id from things", Map.of(), 1, next, Duration.ofSeconds(5));
    assertThatThrownBy(() -> new LocalQueries(local.warehouse()).ask(other))
        .isInstanceOf(QueryRefusedException.class);
  }
}
