package dev.serai.cloud.warehouse;

import dev.serai.cloud.google.GoogleHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.util.unit.DataSize;

/** Inserts rows by their numbers, until it is done or somebody kills it. */
final class InsertingProgram {

  private InsertingProgram() {}

  /** Each hundredth has a number that its column doesn't take. */
  static Map<String, Object> row(int i) {
    Object number = i % 100 == 99 ? "many" : i;
    return Map.of("id", "row-" + i, "n", number, "at", "2026-11-20T18:00:00Z");
  }

  /**
   * Says up to which number all are in after each batch.
   *
   * @param arguments where BigQuery is, the folder of schemas, the first number, the end, how many
   *     at once
   */
  public static void main(String[] arguments) throws Exception {
    BigQueryCalls calls =
        BigQueryClient.calls(arguments[0], GoogleHub.PROJECT, "", Duration.ofSeconds(20));
    BigQueryTables tables = new BigQueryTables(Path.of(arguments[1]), calls);
    BigQueryJobs jobs = new BigQueryJobs(calls, DataSize.ofGigabytes(10));
    BigQueryRows rows = new BigQueryRows(calls, tables, jobs);
    int end = Integer.parseInt(arguments[3]);
    int size = Integer.parseInt(arguments[4]);
    for (int i = Integer.parseInt(arguments[2]); i < end; i += size) {
      int next = Math.min(end, i + size);
      Insertion insertion =
          rows.insert(
              "things",
              "id",
              IntStream.range(i, next)
                  .<com.fasterxml.jackson.databind.JsonNode>mapToObj(
                      n -> WarehouseInsert.JSON.valueToTree(row(n)))
                  .toList());
      List<Integer> bad = insertion.errors().stream().map(RowError::index).toList();
      System.out.println(next + " " + bad.size());
    }
    System.exit(0);
  }
}
