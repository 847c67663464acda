package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.embedded.TestServers;
import dev.serai.redis.Redis;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What happens when PostgreSQL or Redis goes away and comes back? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("OutageTest") // its tests take turns
class OutageTest {

  private static final Duration HEALED = Duration.ofSeconds(20);

  private static TestServers servers;
  private static TestHub hub;

  @BeforeAll
  static void startHub() throws Exception {
    servers = TestServers.start();
    hub = TestHub.start(servers.settings());
  }

  @AfterAll
  static void stopHub() throws Exception {
    try {
      hub.close();
    } finally {
      servers.close();
    }
  }

  @Test
  void withoutPostgreSqlTheDoorAsksToComeAgainAndLosesNothingItHasTaken() throws Exception {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      taken.add(accepted());
    }
    servers.killPostgres();
    long begin = System.nanoTime();
    HttpResponse<String> refused = post("evt_" + UUID.randomUUID());
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(refused.body()).contains("\"cause\"");
    // The hub promises one second; the rest is for a busy machine.
    assertThat(took).isLessThan(Duration.ofSeconds(2));
    assertThat(component("database").path("status").asText()).isEqualTo("DOWN");
    servers.startPostgres();
    await()
        .atMost(HEALED)
        .until(
            () -> {
              String key = "evt_" + UUID.randomUUID();
              boolean ok = post(key).statusCode() == 200;
              if (ok) {
                taken.add(key);
              }
              return ok;
            });
    awaitHandled(taken);
    await().until(() -> component("database").path("status").asText().equals("UP"));
  }

  @Test
  void withoutRedisWebhooksAreTakenAndHandledOnceItIsBack() throws Exception {
    servers.killRedis();
    await().until(() -> component("redis").path("status").asText().equals("DOWN"));
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      taken.add(accepted());
    }
    assertThat(component("redis").path("details").path("problem").asText()).isNotBlank();
    servers.startRedis();
    awaitHandled(taken);
    await().until(() -> component("redis").path("status").asText().equals("UP"));
  }

  @Test
  void anEvictingRedisIsDownAndSaysWhy() throws Exception {
    var redis = Objects.requireNonNull(hub.bean(Redis.class).shared()).sync();
    redis.configSet("maxmemory-policy", "allkeys-lru");
    try {
      JsonNode found = component("redis");
      assertThat(found.path("status").asText()).isEqualTo("DOWN");
      assertThat(found.path("details").path("problem").asText())
          .contains("maxmemory-policy", "allkeys-lru", "noeviction");
    } finally {
      redis.configSet("maxmemory-policy", "noeviction");
    }
    assertThat(component("redis").path("status").asText()).isEqualTo("UP");
  }

  private static String accepted() throws Exception {
    String key = "evt_" + UUID.randomUUID();
    assertThat(post(key).statusCode()).isEqualTo(200);
    return key;
  }

  private static HttpResponse<String> post(String key) throws Exception {
    String object = "{\"id\":\"pi_%s\",\"amount\":1,\"currency\":\"eur\"}".formatted(key);
    return StripeSender.to(hub).post(StripeSender.event(key, "payment_intent.succeeded", object));
  }

  private static JsonNode component(String name) throws Exception {
    return Api.of(hub).get("/health/detailed").json().path("components").path(name);
  }

  private static void awaitHandled(List<String> keys) {
    await()
        .atMost(HEALED)
        .ignoreExceptions()
        .until(
            () ->
                hub.database()
                        .sql(
                            """
                            select count(*) from serai.event_key k
                            join serai.delivery d on d.event_id = k.event_id
                            where k.key in (:keys) and d.state = 'done'
                            """)
                        .param("keys", keys)
                        .query(Integer.class)
                        .single()
                    == keys.size());
  }
}
