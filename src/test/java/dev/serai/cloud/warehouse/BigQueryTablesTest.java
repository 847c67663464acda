package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Are tables of BigQuery made and widened as their files say, by however many hubs at once? */
@Execution(ExecutionMode.CONCURRENT)
class BigQueryTablesTest {

  private static final String COLOUR = ", {\"name\": \"colour\", \"type\": \"STRING\"}]";

  @TempDir Path folder;
  private BigQueryClient client;

  @BeforeEach
  void prepare() throws Exception {
    client = new BigQueryClient(folder).schema("things", BigQueryInsertTest.FIELDS);
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static String with(String more) {
    return BigQueryInsertTest.FIELDS.strip().replaceAll("]$", "") + more;
  }

  @Test
  void aTableIsDividedByDaysAndKeptByWorkspace() throws Exception {
    client.insert("things", BigQueryInsertTest.row(1));
    JsonNode table = Objects.requireNonNull(client.fake.tables.table("things"));
    assertThat(table.at("/timePartitioning/type").asText()).isEqualTo("DAY");
    assertThat(table.at("/timePartitioning/field").asText()).isEqualTo("at");
    assertThat(table.at("/clustering/fields/0").asText()).isEqualTo("workspace");
    assertThat(table.at("/schema/fields/0/mode").asText()).isEqualTo("REQUIRED");
  }

  @Test
  void onlyTheDaysOfTheRowsAreReadToFindThoseThatAreThere() throws Exception {
    client.insert("things", BigQueryInsertTest.row(1));
    JsonNode asked = client.fake.jobs.asked.getLast();
    assertThat(asked.path("query").asText()).endsWith("and `at` >= @first and `at` < @end");
    assertThat(asked.at("/queryParameters/1/parameterValue/value").asText())
        .isEqualTo("2026-11-20 00:00:00.000000+00:00");
    assertThat(asked.at("/queryParameters/2/parameterValue/value").asText())
        .isEqualTo("2026-11-21 00:00:00.000000+00:00");
  }

  @Test
  void aTableThatIsNotSeenRightAfterItWasMadeIsWaitedFor() throws Exception {
    client.fake.tables.unseen.set(3);
    assertThat(client.insert("things", BigQueryInsertTest.rows(2)).inserted()).isEqualTo(2);
    assertThat(client.count("things")).isEqualTo(2);
  }

  @Test
  void aTableThatWasDeletedIsMadeAnew() throws Exception {
    client.insert("things", BigQueryInsertTest.row(1));
    client.fake.tables.drop("things");
    client.fake.tables.forgetful = true;
    assertThat(client.insert("things", BigQueryInsertTest.row(1)).inserted()).isOne();
    assertThat(client.count("things")).isOne();
  }

  @Test
  void aNewColumnIsAddedAndRowsWaitUntilItIsSeen() throws Exception {
    client.insert("things", BigQueryInsertTest.row(1));
    client.schema("things", with(COLOUR));
    client.fake.tables.unseenColumns.set(3);
    Insertion insertion =
        client.insert("things", Map.of("id", "b", "colour", "red", "at", "2026-11-20T18:00:00Z"));
    assertThat(insertion.errors()).isEmpty();
    assertThat(insertion.inserted()).isOne();
    assertThat(client.fake.tables.count("select count(*) from things where colour = 'red'"))
        .isOne();
  }

  @Test
  void manyHubsThatMakeAndWidenOneAtOnceDontDisturbEachOther() throws Exception {
    insertAtOnce(0);
    client.schema("things", with(COLOUR));
    insertAtOnce(8);
    assertThat(client.count("things")).isEqualTo(16);
    assertThat(
            Objects.requireNonNull(client.fake.tables.table("things")).at("/schema/fields").size())
        .isEqualTo(7);
  }

  private void insertAtOnce(int from) throws Exception {
    try (ExecutorService hubs = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Insertion>> all = new ArrayList<>();
      for (int i = from; i < from + 8; i++) {
        Map<String, Object> row = BigQueryInsertTest.row(i);
        BigQueryTables own = new BigQueryTables(folder, client.calls);
        all.add(hubs.submit(() -> client.insert(own, "things", List.of(row))));
      }
      for (Future<Insertion> one : all) {
        assertThat(one.get().inserted()).isOne();
      }
    }
  }

  @Test
  void everyOtherDifferenceIsRefusedAndOtherTablesGoOn() throws Exception {
    client.insert("things", BigQueryInsertTest.row(1));
    client.schema("others", BigQueryInsertTest.FIELDS);
    for (String fields :
        List.of(
            BigQueryInsertTest.FIELDS.replace("INTEGER", "STRING"),
            BigQueryInsertTest.FIELDS.replace("\"INTEGER\"", "\"INTEGER\", \"mode\": \"REQUIRED\""),
            with(", {\"name\": \"n2\", \"type\": \"DATE\", \"mode\": \"REQUIRED\"}]"))) {
      client.schema("things", fields);
      assertThatThrownBy(() -> client.insert("things", BigQueryInsertTest.row(2)))
          .isInstanceOf(WarehouseException.class)
          .hasMessageMatching(
              "(?s).*The column 'n2?' of the table 'things' is .* in the warehouse and"
                  + " .*things.json.*");
      assertThat(client.insert("others", BigQueryInsertTest.row(fields.hashCode())).inserted())
          .isOne();
    }
  }

  @Test
  void aColumnOfANewerHubIsLeftAlone() throws Exception {
    client.schema("things", with(COLOUR));
    client.insert("things", BigQueryInsertTest.row(1));
    client.schema("things", BigQueryInsertTest.FIELDS);
    assertThat(client.insert("things", BigQueryInsertTest.row(2)).inserted()).isOne();
  }
}
