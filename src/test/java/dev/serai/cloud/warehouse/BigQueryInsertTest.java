package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.cloud.google.HttpFake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of rows when BigQuery answers late, wrongly, in part or not at all? */
@Execution(ExecutionMode.CONCURRENT)
class BigQueryInsertTest {

  static final String FIELDS =
      """
      [{"name": "id", "type": "STRING", "mode": "REQUIRED"}, {"name": "kind", "type": "STRING"},
       {"name": "n", "type": "INTEGER"}, {"name": "about", "type": "JSON"},
       {"name": "workspace", "type": "STRING"},
       {"name": "at", "type": "TIMESTAMP", "mode": "REQUIRED"}]
      """;

  private static final String STREAM = "insertAll";

  @TempDir Path folder;
  private BigQueryClient client;

  @BeforeEach
  void prepare() throws Exception {
    client = new BigQueryClient(folder).schema("things", FIELDS);
  }

  @AfterEach
  void close() {
    client.close();
  }

  static Map<String, Object> row(int i) {
    return Map.of(
        "id", "row-" + i, "n", i, "about", Map.of("i", i), "at", "2026-11-20T18:00:00.5Z");
  }

  static List<Map<String, Object>> rows(int count) {
    return IntStream.range(0, count).mapToObj(BigQueryInsertTest::row).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "429, rateLimitExceeded",
    "403, rateLimitExceeded",
    "500, internalError",
    "503, backendError",
    "502, badGateway"
  })
  void passingTroubleIsWaitedForAndNothingIsThereTwice(int status, String reason) throws Exception {
    client.server.fail(2, STREAM, status, HttpFake.error(status, reason, "wait a little"));
    client.server.fail(1, "/queries", status, HttpFake.error(status, reason, "wait a little"));
    assertThat(client.insert("things", rows(3)).inserted()).isEqualTo(3);
    assertThat(client.count("things")).isEqualTo(3);
  }

  @Test
  void anAnswerThatIsLostAfterTheRowsWereTakenMakesNoneTwice() throws Exception {
    client.fake.tables.forgetful = true; // It promises only its best.
    client.fake.lost.set(2);
    assertThat(client.insert("things", rows(700)).inserted()).isEqualTo(700);
    assertThat(client.count("things")).isEqualTo(700);
    client.fake.lost.set(1);
    Insertion again = client.insert("things", rows(703));
    assertThat(again.inserted()).isEqualTo(3);
    assertThat(again.duplicates()).isEqualTo(700);
    assertThat(client.count("things")).isEqualTo(703);
  }

  @Test
  void aConnectionThatIsCutBeforeIsTriedAgain() throws Exception {
    client.server.cut(2, STREAM);
    client.server.cut(1, "/tables");
    assertThat(client.insert("things", rows(3)).inserted()).isEqualTo(3);
    assertThat(client.count("things")).isEqualTo(3);
  }

  @Test
  void oneBadRowFailsNoOther() throws Exception {
    client.fake.tables.refused = id -> id.endsWith("7");
    client.fake.tables.stopping.set(1);
    Insertion insertion = client.insert("things", rows(100));
    assertThat(insertion.inserted()).isEqualTo(90);
    assertThat(insertion.errors()).hasSize(10).allMatch(e -> e.reason().equals(RowError.REFUSED));
    assertThat(insertion.errors().get(1).index()).isEqualTo(17);
    assertThat(insertion.errors().get(1).text())
        .isEqualTo("refused: things: BigQuery says: kind: Value is refused by a policy.");
    assertThat(client.count("things")).isEqualTo(90);
  }

  @Test
  void manyRowsGoInRequestsThatBigQueryTakes() throws Exception {
    assertThat(client.insert("things", rows(1_203)).inserted()).isEqualTo(1_203);
    assertThat(client.fake.tables.streams).containsExactly(500, 500, 203);
    client.fake.tables.streams.clear();
    List<Map<String, Object>> large = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      large.add(
          Map.of(
              "id", "large-" + i, "kind", "\"x".repeat(1_000_000), "at", "2026-11-20T18:00:00Z"));
    }
    large.add(
        Map.of("id", "too-large", "kind", "x".repeat(9_000_001), "at", "2026-11-20T18:00:00Z"));
    Insertion insertion = client.insert("things", large);
    assertThat(insertion.inserted()).isEqualTo(5);
    assertThat(insertion.errors()).hasSize(1);
    assertThat(insertion.errors().getFirst().text()).contains("out-of-range", "9000000");
    assertThat(client.fake.tables.streams).containsExactly(2, 2, 1);
  }

  @Test
  void aQuotaThatIsUsedUpIsSaidAtOnce() {
    client.server.fail(
        1, STREAM, 403, HttpFake.error(403, "quotaExceeded", "Quota exceeded: insert bytes"));
    assertThatThrownBy(() -> client.insert("things", rows(1)))
        .isInstanceOf(WarehouseException.class)
        .hasMessageContaining("Table 'things' of dataset 'analytics'")
        .hasMessageContaining("more than its quota allows (serai.warehouse.dataset)")
        .hasMessageContaining("insert bytes");
  }

  @Test
  void whatIsSlowIsGivenUpInTime(@TempDir Path other) throws Exception {
    try (BigQueryClient hurried =
        new BigQueryClient(other, Duration.ofMillis(500)).schema("things", FIELDS)) {
      hurried.insert("things", row(0));
      hurried.server.slow(10, STREAM, Duration.ofSeconds(30));
      assertThatThrownBy(() -> hurried.insert("things", row(1)))
          .isInstanceOf(WarehouseException.class)
          .hasMessageContaining("can't be reached now");
      hurried.server.heal();
      assertThat(hurried.insert("things", rows(2)).inserted()).isOne();
    }
  }
}
