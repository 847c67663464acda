package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.google.HttpFake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** What the Kamelets use, with a service and a folder of schemas of its own, without a hub. */
final class BigQueryClient implements AutoCloseable {

  static final String DATASET = "analytics";

  final HttpFake server = new HttpFake();
  final BigQueryFake fake = new BigQueryFake(DATASET).on(server);
  final BigQueryCalls calls;
  final BigQueryTables tables;
  final BigQueryJobs jobs;
  private final Path folder;

  BigQueryClient(Path folder) {
    this(folder, Duration.ofSeconds(20));
  }

  BigQueryClient(Path folder, Duration timeout) {
    this.folder = folder;
    calls = calls(server.url(), GoogleHub.PROJECT, "", timeout);
    tables = new BigQueryTables(folder, calls);
    jobs = new BigQueryJobs(calls, DataSize.ofGigabytes(10));
  }

  static BigQueryCalls calls(String url, String project, String credentials, Duration timeout) {
    return new BigQueryCalls(
        GoogleHub.account(project, credentials, url, timeout),
        GoogleHub.settings(project, credentials, url, timeout),
        DATASET);
  }

  BigQueryClient schema(String table, String fields) throws IOException {
    Files.writeString(folder.resolve(table + ".json"), fields);
    return this;
  }

  Insertion insert(String table, Map<String, Object> row) throws Exception {
    return insert(table, List.of(row));
  }

  Insertion insert(String table, List<? extends Map<String, ?>> rows) throws Exception {
    return insert(tables, table, rows);
  }

  Insertion insert(BigQueryTables tables, String table, List<? extends Map<String, ?>> rows)
      throws Exception {
    return new BigQueryRows(calls, tables, jobs)
        .insert(
            table,
            "id",
            rows.stream().<JsonNode>map(row -> WarehouseInsert.JSON.valueToTree(row)).toList());
  }

  long count(String table) {
    return fake.tables.count("select count(*) from " + table);
  }

  Page ask(String sql, Map<String, Object> parameters) throws Exception {
    return ask(new Question(sql, parameters, 100, "", Duration.ofSeconds(30)));
  }

  Page ask(Question question) throws Exception {
    return new BigQueryQueries(tables, jobs).ask(question);
  }

  @Override
  public void close() {
    server.close();
  }
}
