package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.cloud.google.HttpFake;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is asked of BigQuery, what is refused, and what does it cost at most? */
@Execution(ExecutionMode.CONCURRENT)
class BigQueryQueriesTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private BigQueryClient client;

  @BeforeEach
  void prepare(@TempDir Path folder) throws Exception {
    client = new BigQueryClient(folder).schema("things", BigQueryInsertTest.FIELDS);
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void onlyASingleSelectIsAnswered() throws Exception {
    client.insert("things", BigQueryInsertTest.rows(3));
    for (String sql :
        List.of(
            "delete from things",
            "select 1; delete from things",
            "select 1) union all (select 2",
            "with x as (delete from things returning *) select * from x",
            "copy things to '/tmp/things.csv'",
            "select no_column from things",
            "select * from no_table",
            "",
            "select")) {
      assertThatThrownBy(() -> client.ask(sql, Map.of()))
          .as(sql)
          .isInstanceOf(QueryRefusedException.class);
    }
    assertThat(client.ask("select count(*) as n from things -- all ;", Map.of()).rows())
        .containsExactly(Map.of("n", 3L));
    assertThat(client.fake.jobs.asked.getLast().path("query").asText())
        .isEqualTo("select count(*) as n from things -- all");
  }

  @Test
  void parametersHaveTheirTypes() throws Exception {
    Map<String, @Nullable Object> row =
        client
            .ask(
                "select :text as t, :whole + 1 as w, :real as r, :cost as c, :yes as y, :day as d,"
                    + " :time as z, 5 in (:many) as m",
                Map.of(
                    "text",
                    "'; drop table things --",
                    "whole",
                    41,
                    "real",
                    0.5,
                    "cost",
                    new BigDecimal("0.021"),
                    "yes",
                    true,
                    "day",
                    LocalDate.of(2026, 11, 20),
                    "time",
                    Instant.parse("2026-11-20T18:00:00.123456Z"),
                    "many",
                    List.of(4, 5)))
            .rows()
            .getFirst();
    assertThat(row)
        .containsEntry("t", "'; drop table things --")
        .containsEntry("w", 42L)
        .containsEntry("r", 0.5)
        .containsEntry("c", new BigDecimal("0.021000000"))
        .containsEntry("y", true)
        .containsEntry("d", "2026-11-20")
        .containsEntry("z", "2026-11-20T18:00:00.123456Z")
        .containsEntry("m", true);
    List<String> types = new ArrayList<>();
    client
        .fake
        .jobs
        .asked
        .getLast()
        .path("queryParameters")
        .forEach(parameter -> types.add(parameter.at("/parameterType/type").asText()));
    assertThat(types)
        .containsExactly(
            "STRING", "INT64", "FLOAT64", "NUMERIC", "BOOL", "DATE", "TIMESTAMP", "INT64", "INT64");
  }

  @Test
  void aQueryThatTakesTooLongIsCancelled() {
    Question slow =
        new Question(
            "select count(*) from range(100000000000) a", Map.of(), 1, "", Duration.ofMillis(300));
    assertThatThrownBy(() -> client.ask(slow))
        .isInstanceOf(QueryTimeoutException.class)
        .hasMessageContaining("300 ms");
    assertThat(client.fake.jobs.cancelled).hasSize(1);
  }

  @Test
  void oneThatReadsTooMuchIsRefusedAndThePropertyIsNamed() {
    client.fake.jobs.bytes = 11L << 30;
    assertThatThrownBy(() -> client.ask("select 1 as n", Map.of()))
        .isInstanceOf(QueryRefusedException.class)
        .hasMessageContaining("serai.warehouse.max-bytes")
        .hasMessageContaining("11811160064 or higher");
  }

  @Test
  void allPagesAreThoseOfOneJob() throws Exception {
    client.insert("things", BigQueryInsertTest.rows(5));
    Question first = question("select id from things order by id", "");
    Page page = client.ask(first);
    List<@Nullable Object> found = new ArrayList<>();
    page.rows().forEach(row -> found.add(row.get("id")));
    int asked = client.fake.jobs.asked.size();
    while (page.next() != null) {
      client.insert("things", Map.of("id", "a" + found.size(), "at", "2026-11-20T18:00:00Z"));
      asked = client.fake.jobs.asked.size();
      page = client.ask(question(first.sql(), page.next()));
      page.rows().forEach(row -> found.add(row.get("id")));
      assertThat(client.fake.jobs.asked).hasSize(asked);
    }
    assertThat(found).containsExactly("row-0", "row-1", "row-2", "row-3", "row-4");
  }

  @Test
  void aPageOfAnotherQueryOrOneThatIsGoneIsNone() throws Exception {
    client.insert("things", BigQueryInsertTest.rows(5));
    Question first = question("select id from things order by id", "");
    String next = Objects.requireNonNull(client.ask(first).next());
    for (String wrong : List.of("x", "2-job_1", next.replace("query_", "query_0"))) {
      assertThatThrownBy(() -> client.ask(question(first.sql(), wrong)))
          .isInstanceOf(QueryRefusedException.class)
          .hasMessageContaining("none of this query");
    }
    assertThatThrownBy(() -> client.ask(question("select 1 as id", next)))
        .isInstanceOf(QueryRefusedException.class);
    client.fake.jobs.forget();
    assertThatThrownBy(() -> client.ask(question(first.sql(), next)))
        .isInstanceOf(QueryRefusedException.class)
        .hasMessageContaining("ask anew");
  }

  private static Question question(String sql, String page) {
    return new Question(sql, Map.of(), 2, page, SOON);
  }

  @Test
  void lostAnswersAndTroubleThatPassesMakeNoSecondJob() throws Exception {
    client.fake.lostOf = "/jobs";
    client.fake.lost.set(2);
    client.server.fail(1, "/queries/", 503, HttpFake.error(503, "backendError", "later"));
    client.server.cut(1, "/queries/");
    assertThat(client.ask("select 7 as n", Map.of()).rows()).containsExactly(Map.of("n", 7L));
    assertThat(client.fake.jobs.asked).hasSizeLessThanOrEqualTo(2);
    assertThat(client.fake.jobs.count()).isOne();
  }

  @Test
  void aTableThatNoRowHasMadeYetIsThereForAQuestion() throws Exception {
    assertThat(client.ask("select count(*) as n from things", Map.of()).rows())
        .containsExactly(Map.of("n", 0L));
  }
}
