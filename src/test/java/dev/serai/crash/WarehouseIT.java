package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/**
 * Is each good row once in the warehouse, and each bad one told, when the hub is killed meanwhile?
 */
class WarehouseIT {

  private static final int ROWS = Integer.getInteger("serai.rows", 3_000);
  private static final int BAD = ROWS / 100;
  private static final int SENDERS = 16;
  private static final String SINK = "sink-warehouse-executions";
  private static final Duration SOON = Duration.ofMinutes(10);

  private static final String SUMS =
      "select count(*), count(distinct execution_id), sum(tokens_in) from %s";

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final AtomicInteger next = new AtomicInteger();

  @Test
  void goodRowsAreThereOnceAndBadOnesAreDeadLettersWithReasons() throws Exception {
    Map<String, String> settings = new HashMap<>(settings());
    settings.put("SERAI_API_RATE", "0");
    try (HubProcess hub = new HubProcess(getClass().getSimpleName(), settings)) {
      for (String folder : List.of("sinks/warehouse", "schemas")) {
        FileSystemUtils.copyRecursively(
            Path.of("routes", folder), hub.folder().resolve("routes").resolve(folder));
      }
      hub.ensureReady();
      JdbcClient jdbc = Ledger.of(hub).jdbc();
      long begin = System.nanoTime();
      send(hub, jdbc);
      long drained = drain(hub, jdbc);
      System.out.printf(
          "%s rows, %s of them bad: %s s from the first to the last, %s s after the last event%n",
          ROWS, BAD, seconds(System.nanoTime() - begin), seconds(drained));
      assertDeadLetters(jdbc);
      hub.terminate();
      hub.awaitExit(HubProcess.START);
      assertWarehouse(hub);
    }
  }

  /** What chooses the warehouse. */
  Map<String, String> settings() {
    return Map.of();
  }

  /** The hub is killed when a third of the rows has been sent, and again while the rest waits. */
  private void send(HubProcess hub, JdbcClient jdbc) throws Exception {
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        all.add(senders.submit(() -> sendRest(hub)));
      }
      await().atMost(SOON).until(() -> next.get() >= ROWS / 3 && ended(jdbc) > 0);
      hub.kill9();
      hub.ensureReady();
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static long drain(HubProcess hub, JdbcClient jdbc) throws Exception {
    long begin = System.nanoTime();
    if (ended(jdbc) < ROWS) {
      hub.kill9();
      hub.ensureReady();
    }
    await().atMost(SOON).until(() -> ended(jdbc) == ROWS);
    return System.nanoTime() - begin;
  }

  private static String seconds(long nanos) {
    return "%s.%s".formatted(nanos / 1_000_000_000, nanos / 100_000_000 % 10);
  }

  private void sendRest(HubProcess hub) {
    for (int i = next.getAndIncrement(); i < ROWS; i = next.getAndIncrement()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(hub.url() + "/api/v1/events"))
              .timeout(Duration.ofSeconds(10))
              .header("Authorization", "Bearer " + TestHub.API_KEY)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(event(i)))
              .build();
      while (!isAcknowledged(request)) {
        await().pollDelay(Duration.ofMillis(50)).until(() -> true);
      }
    }
  }

  private static boolean isAcknowledged(HttpRequest request) {
    try {
      HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429, 503);
      return answer.statusCode() == 200;
    } catch (IOException killed) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each hundredth has more tokens than fit into 64 bits, which its type's schema allows. */
  private static String event(int i) {
    String tokens = i % 100 == 99 ? "1" + "0".repeat(25) : Integer.toString(i);
    return """
    {"type": "agent.executed", "key": "run-%1$s", "workspace": "acme", "data": {"id": "run-%1$s", "agent": "writer",
     "status": "succeeded", "tokens_in": %2$s, "tokens_out": 1, "cost": 0.021, "currency": "usd", "duration_ms": 42000}}
    """
        .formatted(i, tokens);
  }

  private static int ended(JdbcClient jdbc) {
    return number(
        jdbc,
        """
        select count(*) from serai.delivery d join serai.subscription s on s.id = d.subscription_id
        where s.name = '%s' and d.state in ('done', 'dead')
        """);
  }

  private static void assertDeadLetters(JdbcClient jdbc) {
    assertThat(
            number(
                jdbc,
                """
                select count(*) from serai.delivery d join serai.subscription s on s.id = d.subscription_id
                where s.name = '%s' and d.state = 'dead' and d.cause = 'refused' and exists (
                  select from serai.attempt a where a.event_id = d.event_id and a.subscription_id = d.subscription_id
                    and a.detail like '%%out-of-range: tokens_in of agent_executions is beyond 64 bits%%')
                """))
        .isEqualTo(BAD);
  }

  private static int number(JdbcClient jdbc, String sql) {
    return jdbc.sql(sql.formatted(SINK)).query(Integer.class).single();
  }

  /** Looks into the file when the hub has ended. */
  void assertWarehouse(HubProcess hub) throws Exception {
    Path file = hub.data().resolve("warehouse/serai.duckdb");
    Driver driver =
        (Driver) Class.forName("org.duckdb.DuckDBDriver").getDeclaredConstructor().newInstance();
    try (Connection connection = driver.connect("jdbc:duckdb:" + file, new Properties());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SUMS.formatted("analytics.agent_executions"))) {
      assertThat(row.next()).isTrue();
      assertSums(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  static void assertSums(long rows, long different, long sum) {
    assertThat(rows).as("rows").isEqualTo(ROWS - BAD);
    assertThat(different).as("different rows").isEqualTo(ROWS - BAD);
    assertThat(sum).as("their sum").isEqualTo(sum());
  }

  private static long sum() {
    long sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += i % 100 == 99 ? 0 : i;
    }
    return sum;
  }
}
