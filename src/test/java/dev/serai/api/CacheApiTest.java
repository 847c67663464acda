package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.redis.Cache;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Can other services use the cache, and does the API tell how Redis is? */
class CacheApiTest {

  private final TestHub hub = TestHub.shared();
  private final Api operator = new Api(hub.url(), TestHub.OPERATOR_KEY);
  private final Api viewer = new Api(hub.url(), TestHub.VIEWER_KEY);
  private final String cache = "/api/v1/workspaces/w%s/cache".formatted(UUID.randomUUID());

  @Test
  void aValueIsKeptReadForgottenAndClearedWithItsWorkspace() throws Exception {
    assertThat(operator.send("PUT", cache + "/a", "{\"value\":\"1\",\"ttl\":\"10m\"}").status())
        .isEqualTo(200);
    operator.send("PUT", cache + "/b:c", "{\"value\":\"2\"}");
    assertThat(viewer.get(cache + "/a").json().path("value").asText()).isEqualTo("1");
    assertThat(viewer.get(cache + "/b:c").json().path("value").asText()).isEqualTo("2");
    assertThat(hub.bean(Cache.class).get(cache.split("/")[4], "a")).isEqualTo("1");

    assertThat(operator.send("DELETE", cache + "/a").json().path("forgotten").asBoolean()).isTrue();
    assertThat(viewer.get(cache + "/a").status()).isEqualTo(404);
    assertThat(operator.send("DELETE", cache).status()).isEqualTo(200);
    assertThat(viewer.get(cache + "/b:c").status()).isEqualTo(404);
    assertThat(viewer.send("DELETE", cache).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a; {}; 'value'",
        "a; {\"value\":\"1\",\"ttl\":\"-5s\"}; 'ttl'",
        "a; {\"value\":\"1\",\"ttl\":\"31d\"}; 'ttl'",
        "a; {\"value\":\"1\",\"ttl\":\"much\"}; 'ttl'",
        "long; {\"value\":\"1\"}; 'key'",
      })
  void whatMakesNoSenseIsNamed(String key, String body, String named) throws Exception {
    String path = cache + "/" + (key.equals("long") ? "x".repeat(600) : key);
    Api.Answer answer = operator.send("PUT", path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains(named);
  }

  @Test
  void redisTellsHowItIs() throws Exception {
    JsonNode info = viewer.get("/api/v1/redis").json();
    assertThat(info.path("version").asText()).startsWith("7.");
    assertThat(info.path("eviction_policy").asText()).isEqualTo("noeviction");
    assertThat(info.path("memory").asLong()).isPositive();
    assertThat(info.path("connections").asLong()).isPositive();
    assertThat(info.has("problem")).isFalse();
    JsonNode health = viewer.get("/health/detailed").json().at("/components/redis/details");
    assertThat(health.path("latency_ms").asDouble()).isPositive();
    assertThat(health.path("maxmemory_policy").asText()).isEqualTo("noeviction");
    assertThat(viewer.get("/metrics").text())
        .contains("serai_redis_up 1.0", "serai_redis_memory_bytes ", "serai_redis_keys ");
  }

  /** Tests of backups make thousands of such keys. */
  @ResourceLock("keys without expiry")
  @Test
  void keysThatNeverEndAreReported() throws Exception {
    Keys keys = hub.bean(Keys.class);
    String endless = keys.store("endless" + UUID.randomUUID());
    var commands = hub.bean(Redis.class).require().sync();
    commands.set(endless, "1");
    JsonNode report = viewer.get("/api/v1/redis/keys-without-ttl?limit=1000").json();
    assertThat(report.path("keys").toString()).contains(endless);
    commands.del(endless);
    assertThat(viewer.get("/api/v1/redis/keys-without-ttl").json().path("keys").toString())
        .doesNotContain(endless);
    assertThat(viewer.get("/api/v1/redis/keys-without-ttl?limit=0").json().path("detail").asText())
        .contains("'limit'");
  }
}
