package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What happens when this machine's clock is far from the database's? */
@Execution(ExecutionMode.CONCURRENT)
class WrongClockTest {

  private static final Duration AHEAD = Duration.ofMinutes(10);

  private final TestHub shared = TestHub.shared();

  @Test
  void webhooksAreJudgedByTheDatabasesTimeAndHealthSaysWhatIsWrong() throws Exception {
    try (TestHub hub = TestHub.start(databaseAhead())) {
      await()
          .untilAsserted(
              () -> {
                var clock =
                    Api.of(hub).get("/health/detailed").json().path("components").path("clock");
                assertThat(clock.path("status").asText()).isEqualTo("DEGRADED");
                assertThat(-clock.path("details").path("ahead_of_database_ms").asLong())
                    .isBetween(AHEAD.toMillis() - 2_000, AHEAD.toMillis() + 2_000);
              });
      assertThat(status(hub, Instant.now().plus(AHEAD))).isEqualTo(200);
      assertThat(status(hub, Instant.now())).as("ten minutes old, by the database").isEqualTo(401);
    }
  }

  /** A database of its own on the shared server, whose clock is another. */
  private Map<String, String> databaseAhead() {
    String name = "ahead_" + UUID.randomUUID().toString().replace('-', '_');
    shared.database().sql("create database " + name).update();
    String url = shared.setting("serai.database.url").replaceFirst("/serai(?=$|\\?)", "/" + name);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("serai.database.url", url);
    settings.put("serai.database.user", shared.setting("serai.database.user"));
    settings.put("serai.database.password", shared.setting("serai.database.password"));
    settings.put("serai.redis.url", shared.setting("serai.redis.url"));
    settings.put("serai.redis.prefix", name + ":");
    JdbcClient.create(
            new DriverManagerDataSource(
                url, settings.get("serai.database.user"), settings.get("serai.database.password")))
        .sql(
            """
            create schema ahead;
            create function ahead.clock_timestamp() returns timestamptz
              return pg_catalog.clock_timestamp() + interval '%s seconds';
            alter database %s set search_path = ahead, pg_catalog, public;
            """
                .formatted(AHEAD.toSeconds(), name))
        .update();
    return settings;
  }

  private static int status(TestHub hub, Instant signedAt) throws Exception {
    String body = StripeSender.event("evt_" + UUID.randomUUID(), "clock.off", "{\"id\":\"ob_1\"}");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/stripe"))
            .header("Content-Type", "application/json")
            .header("Stripe-Signature", StripeSender.to(hub).sign(body, signedAt))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }
}
