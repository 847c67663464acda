package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.embedded.TestServers;
import dev.serai.flag.Flags;
import dev.serai.redis.Redis;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What do limits, usage and flags do while Redis is away, and when it comes back empty? */
class RedislessServicesTest {

  private static final Duration HEALED = Duration.ofSeconds(20);
  private static final String CHECK = "{\"subject\":\"ann\",\"endpoint\":\"chat\",\"cost\":600}";
  private static final String USED = "{\"workspace\":\"acme\",\"tokens\":40}";
  private static final String ROOM = "/api/v1/workspaces/acme/usage/check";

  @Test
  void whatNeedsItSaysSoAndAllElseGoesOn() throws Exception {
    try (TestServers servers = TestServers.start();
        TestHub hub = TestHub.start(servers.settings())) {
      Api api = Api.of(hub);
      assertThat(api.get("/api/v1/flags").header("RateLimit-Limit")).isEqualTo("1000");
      assertThat(api.post("/api/v1/rate-limits/check", CHECK).text()).contains("\"allowed\":true");
      assertThat(api.post("/api/v1/rate-limits/check", CHECK).text()).contains("\"allowed\":false");
      api.put("/api/v1/workspaces/acme/usage/limits", "{\"tokens\":100}");
      api.post("/api/v1/usage", USED);

      servers.killRedis();
      Api.Answer refused = api.post("/api/v1/rate-limits/check", CHECK);
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(api.post("/api/v1/usage", USED).text()).contains("\"counted\":1");
      assertThat(api.get(ROOM + "?tokens=21").text()).contains("\"allowed\":false");
      assertThat(api.get(ROOM + "?tokens=20").text()).contains("\"allowed\":true");
      assertThat(api.put("/api/v1/flags/away", "{\"percentage\":100}").status()).isEqualTo(200);
      assertThat(api.get("/api/v1/flags").header("RateLimit-Limit")).isEqualTo("1000");
      assertThat(api.get("/metrics").text()).contains("serai_rates_alone_total{scope=\"api\"}");
      changeElsewhere(hub);
      await().until(() -> !hub.bean(Flags.class).isOn("away", "ann"));

      servers.startRedis();
      await()
          .atMost(HEALED)
          .until(() -> api.post("/api/v1/rate-limits/check", CHECK).status() == 200);
      // What it had kept was from before.
      await().until(() -> api.get(ROOM).text().contains("\"used\":\"80\""));
      hub.bean(Redis.class).require().sync().flushall();
      assertThat(api.get(ROOM).text()).contains("\"used\":\"80\"");
      assertThat(api.post("/api/v1/rate-limits/check", CHECK).text()).contains("\"allowed\":true");
    }
  }

  /** As another hub does. */
  private static void changeElsewhere(TestHub hub) {
    hub.database()
        .sql(
            """
            with c as (update serai.flag_version set version = version + 1)
            update serai.flag set enabled = false where name = 'away'
            """)
        .update();
  }
}
