package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import dev.serai.cloud.google.GoogleHub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.google.bigquery.GoogleBigQueryConnectionFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many rows a second go in, beside Camel's own component, which takes a row a message? {@code
 * mvn test -Dtest=BigQuerySpeed -Dserai.rows=20000 -Dserai.latency=20}.
 */
class BigQuerySpeed {

  private static final int ROWS = Integer.getInteger("serai.rows", 20_000);
  private static final Duration LATENCY =
      Duration.ofMillis(Integer.getInteger("serai.latency", 20));
  private static final int BATCH = 1_000;
  private static final int ROUNDS = 3;

  /** What is measured. */
  private interface Insert {
    void rows(int from, int to) throws Exception;
  }

  @Test
  void rowsASecond(@TempDir Path folder) throws Exception {
    try (BigQueryClient client =
            new BigQueryClient(folder).schema("things", BigQueryInsertTest.FIELDS);
        DefaultCamelContext camel = camel(client)) {
      client.insert("things", BigQueryInsertTest.row(-1));
      client.fake.latency = LATENCY;
      client.fake.tables.counting = true;
      ProducerTemplate template = camel.createProducerTemplate();
      String uri =
          "google-bigquery:%s:analytics:things?connectionFactory=#service"
              .formatted(GoogleHub.PROJECT);
      Insert ours =
          (from, to) ->
              assertThat(client.insert("things", many(from, to)).inserted()).isEqualTo(to - from);
      Insert rows = (from, to) -> many(from, to).forEach(row -> template.sendBody(uri, row));
      Insert lists = (from, to) -> template.sendBody(uri, many(from, to));
      for (int round = 0; round <= ROUNDS; round++) {
        String name = round == 0 ? "warm-up" : "round " + round;
        int few = ROWS / 20;
        report(
            client, name + ", google-bigquery, a row a message, 1 caller", few / 4, 1, few, rows);
        report(
            client,
            name + ", google-bigquery, a row a message, 16 callers",
            few,
            16,
            few / 16,
            rows);
        report(client, name + ", google-bigquery, lists of 500, 1 caller", ROWS, 1, 500, lists);
        report(
            client, name + ", warehouse-insert, batches of 1000, 1 caller", ROWS, 1, BATCH, ours);
        report(
            client, name + ", warehouse-insert, batches of 1000, 4 callers", ROWS, 4, BATCH, ours);
      }
    }
  }

  private static DefaultCamelContext camel(BigQueryClient client) {
    BigQuery service =
        BigQueryOptions.newBuilder()
            .setProjectId(GoogleHub.PROJECT)
            .setHost(client.server.url())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.getRegistry().bind("service", new GoogleBigQueryConnectionFactory(service));
    camel.start();
    return camel;
  }

  private static List<Map<String, Object>> many(int from, int to) {
    return IntStream.range(from, to)
        .<Map<String, Object>>mapToObj(
            i -> Map.of("id", "row-" + i, "n", i, "kind", "content", "at", "2026-11-20T18:00:00Z"))
        .toList();
  }

  private static void report(
      BigQueryClient client, String what, int rows, int callers, int size, Insert insert)
      throws Exception {
    client.fake.tables.streams.clear();
    client.fake.tables.forgetInsertIds();
    long begin = System.nanoTime();
    try (ExecutorService all = Executors.newFixedThreadPool(callers)) {
      List<Future<?>> done = new ArrayList<>();
      for (int from = 0; from < rows; from += size) {
        int first = from;
        int end = Math.min(rows, from + size);
        done.add(
            all.submit(
                () -> {
                  insert.rows(first, end);
                  return end;
                }));
      }
      for (Future<?> one : done) {
        one.get();
      }
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(client.fake.tables.streams.stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(rows);
    System.out.printf(
        Locale.ROOT,
        "%s: %s rows, %s calls, %.2f s, %.0f/s%n",
        what,
        rows,
        client.fake.tables.streams.size(),
        seconds,
        rows / seconds);
  }
}
