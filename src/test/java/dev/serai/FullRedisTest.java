package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.embedded.TestRedis;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What does a hub still do when Redis is full, or away, or comes back empty? */
class FullRedisTest {

  private static final Duration BACK = Duration.ofSeconds(5);

  /** Redis is asked every ten seconds. */
  private static final Duration SEEN = Duration.ofSeconds(20);

  private static TestRedis redis;
  private static TestHub hub;

  @BeforeAll
  static void start() throws Exception {
    redis = TestRedis.start("--maxmemory-policy", "noeviction");
    TestHub shared = TestHub.shared(); // whose database will do
    hub = shared.another(Map.of("serai.redis.url", redis.url(), "serai.redis.prefix", "full:"));
  }

  @AfterAll
  static void stop() {
    hub.close();
    redis.close();
  }

  @Test
  void webhooksAreTakenAndTheApiSaysWhatIsWrongUntilThereIsRoom() throws Exception {
    assertThat(isAlerted("RedisFull")).isFalse();
    redis.ask(connection -> connection.sync().configSet("maxmemory", "1"));
    try {
      await().atMost(SEEN).until(() -> isAlerted("RedisFull"));
      assertThat(webhook()).isEqualTo(200);
      Api.Answer refused =
          Api.of(hub).post("/api/v1/sessions", "{\"user\":\"%s\"}".formatted(UUID.randomUUID()));
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(refused.json().path("detail").asText()).contains("Redis is full");
      assertThat(problem()).contains("Redis is full");
    } finally {
      redis.ask(connection -> connection.sync().configSet("maxmemory", "0"));
    }
    await().atMost(BACK).until(() -> session().status() == 201);
    assertThat(problem()).isEmpty();
  }

  @Test
  void withoutRedisKeysOpenTheApiAndTokensAreToldToComeAgain() throws Exception {
    String token = session().json().path("token").asText();
    Api own = new Api(hub.url(), token);
    assertThat(own.get("/api/v1/subscriptions").status()).isEqualTo(200);
    assertThat(isAlerted("RedisAway")).isFalse();
    redis.kill();
    try {
      assertThat(webhook()).isEqualTo(200);
      await().atMost(SEEN).until(() -> isAlerted("RedisAway"));
      Api.Answer later = own.get("/api/v1/subscriptions");
      assertThat(later.status()).as(later.text()).isEqualTo(503);
      assertThat(later.header("Retry-After")).isNotEmpty();
      assertThat(Api.of(hub).get("/api/v1/subscriptions").status()).isEqualTo(200);
      assertThat(Api.of(hub).get("/api/v1/redis").status()).isEqualTo(503);
      assertThat(problem()).isNotEmpty();
    } finally {
      redis.startAgain();
    }
    await().atMost(BACK).until(() -> session().status() == 201);
    assertThat(own.get("/api/v1/subscriptions").status()).as("it came back empty").isEqualTo(401);
  }

  private static boolean isAlerted(String alert) throws Exception {
    Metrics now = Metrics.of(hub);
    return AlertRules.fires(alert, PromHistory.of(now, now, now));
  }

  private static Api.Answer session() throws Exception {
    return Api.of(hub)
        .post(
            "/api/v1/sessions",
            "{\"user\":\"%s\",\"role\":\"viewer\"}".formatted(UUID.randomUUID()));
  }

  private static int webhook() throws Exception {
    return new StripeSender(hub.url(), "stripe", TestHub.STRIPE_SECRET)
        .post(StripeSender.event("evt_" + UUID.randomUUID(), "of.a.test", "{}"))
        .statusCode();
  }

  private static String problem() throws Exception {
    return Api.of(hub)
        .get("/health/detailed")
        .json()
        .at("/components/redis/details/problem")
        .asText();
  }
}
