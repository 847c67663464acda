package dev.serai.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.embedded.TestRedis;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisCommandExecutionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What do the services say when Redis refuses or goes, and how soon are they back? */
class RedisFaultsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration BACK = Duration.ofSeconds(5);

  @Test
  void aFullRedisSaysSoAndTakesMoreAsSoonAsThereIsRoom() throws Exception {
    try (TestRedis server = TestRedis.start("--maxmemory-policy", "noeviction");
        Instance hub = Instance.on(server.url())) {
      hub.store.set("before", "value", HOUR);
      hub.commands().configSet("maxmemory", "1");

      assertThatThrownBy(() -> hub.store.set("more", "value", HOUR))
          .isInstanceOf(RedisCommandExecutionException.class)
          .hasMessageStartingWith("OOM ");
      assertThat(hub.store.get("before")).as("reading goes on").isEqualTo("value");
      assertThat(hub.cache.getOrCompute("w", "k", () -> "computed")).isEqualTo("computed");
      assertThatThrownBy(() -> hub.sessions.create("ana", null, null)).hasMessageContaining("OOM ");
      assertThat(hub.redis.condition().problem()).contains("Redis is full");

      hub.commands().configSet("maxmemory", "0");
      await().atMost(BACK).untilAsserted(() -> hub.store.set("more", "value", HOUR));
      assertThat(hub.redis.condition().problem()).isNull();
    }
  }

  @Test
  void aWrongPasswordIsToldAndTheRightOneIsTakenOnceItIsThere() throws Exception {
    try (TestRedis server = TestRedis.start("--requirepass", "right");
        Instance hub = Instance.on("redis://:wrong@127.0.0.1:" + server.port());
        Instance none = Instance.on(server.url());
        Instance right = Instance.of(settings(server.port(), "right", false, null))) {
      assertThatThrownBy(() -> hub.store.get("a"))
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("WRONGPASS");
      assertThat(hub.redis.condition().problem()).contains("WRONGPASS");
      assertThat(none.redis.condition().problem()).contains("NOAUTH");
      assertThat(right.redis.condition().problem()).isNull();
      assertThat(hub.cache.getOrCompute("w", "k", () -> "computed")).isEqualTo("computed");

      right.commands().configSet("requirepass", "wrong");
      await()
          .atMost(BACK)
          .until(
              () -> {
                hub.redis.connect(); // as it does each second
                return hub.redis.condition().problem() == null;
              });
    }
  }

  @Test
  void whatWantsTlsIsToldToWhoDoesNotSpeakItAndTrustedByItsAuthority() throws Exception {
    Certificate certificate = Certificate.create(Path.of("target", "test-data", "tls"));
    try (TestRedis server =
            TestRedis.start(
                "--requirepass",
                "p/w",
                "--tls-cert-file",
                certificate.certificate().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-ca-cert-file",
                certificate.certificate().toString(),
                "--tls-auth-clients",
                "no");
        Instance plain = Instance.on(server.url());
        Instance strange = Instance.of(settings(server.port(), "p/w", true, null));
        Instance trusting =
            Instance.of(settings(server.port(), "p/w", true, certificate.certificate()))) {
      assertThat(plain.redis.condition().problem()).contains("rediss://");
      assertThat(strange.redis.condition().problem()).contains("serai.redis.ca-file");
      assertThat(trusting.redis.condition().problem()).isNull();
      trusting.store.set("a", "1", HOUR);
      assertThat(trusting.store.get("a")).isEqualTo("1");
    }
  }

  private static RedisSettings settings(
      int port, String password, boolean tls, @Nullable Path caFile) {
    RedisSettings defaults = RedisSettings.of("");
    return new RedisSettings(
        null,
        "127.0.0.1",
        port,
        null,
        password,
        0,
        tls,
        caFile,
        defaults.prefix(),
        defaults.timeout(),
        defaults.connections(),
        defaults.retries(),
        defaults.backoff());
  }

  @Test
  void aRedisThatComesBackEmptyIsUsedAgainAndNothingOldIsTakenForTrue() throws Exception {
    try (TestRedis server = TestRedis.start();
        Instance hub = Instance.on(server.url())) {
      Session.Created session = hub.sessions.create("ana", null, null);
      hub.cache.put("w", "k", "before");
      HeldLock lock = hub.locks.tryAcquire("r", HOUR).orElseThrow();

      server.kill();
      assertThatThrownBy(() -> hub.sessions.get(session.session().id()))
          .isInstanceOfAny(RedisUnavailableException.class, io.lettuce.core.RedisException.class);
      await().until(() -> hub.redis.shared() == null);
      assertThatThrownBy(() -> hub.store.get("a")).isInstanceOf(RedisUnavailableException.class);
      assertThat(hub.cache.getOrCompute("w", "k", () -> "computed")).isEqualTo("computed");
      server.startAgain();

      await().atMost(BACK).until(() -> hub.redis.condition().problem() == null);
      assertThat(hub.sessions.ofToken(session.token())).isEmpty();
      assertThat(hub.cache.get("w", "k")).isNull();
      assertThat(hub.locks.tryAcquire("r", HOUR).orElseThrow().token()).isGreaterThan(lock.token());
      assertThat(lock.release()).as("what another holds by now").isFalse();
    }
  }

  @Test
  void whatMayBeRepeatedIsTriedAgainWhileRedisIsAwayForAMoment() throws Exception {
    try (TestRedis server = TestRedis.start();
        Instance hub = Instance.on(server.url())) {
      hub.store.set("a", "1", HOUR);
      var failures = new AtomicInteger();
      for (int i = 0; i < 5; i++) {
        hub.commands().clientKill(KillArgs.Builder.typeNormal().skipme(false));
        try {
          assertThat(hub.store.get("a")).isEqualTo("1");
        } catch (RuntimeException e) {
          failures.incrementAndGet();
        }
        await().atMost(BACK).until(() -> hub.redis.condition().problem() == null);
      }
      // A machine that is busy may take longer to connect than the tries last.
      assertThat(failures).hasValueLessThanOrEqualTo(1);
    }
  }

  @Test
  void whatCountsIsNeverCountedTwiceAlsoWhenConnectionsBreak() throws Exception {
    try (TestRedis server = TestRedis.start();
        Instance hub = Instance.on(server.url());
        Instance other = Instance.on(server.url())) {
      List<CompletableFuture<Long>> sent = new ArrayList<>();
      int tries = 0;
      for (int i = 0; i < 20_000; i++) {
        if (i % 2_000 == 1_000) {
          other.commands().clientKill(KillArgs.Builder.typeNormal());
        }
        try {
          sent.add(hub.store.async().increment("n", 1, HOUR).toCompletableFuture());
          tries++;
        } catch (RedisUnavailableException away) {
          await().atMost(BACK).until(() -> hub.redis.shared() != null);
        }
      }
      Set<Long> acknowledged = new HashSet<>();
      int failed = 0;
      for (CompletableFuture<Long> one : sent) {
        try {
          assertThat(acknowledged.add(one.join())).isTrue();
        } catch (CompletionException e) {
          failed++;
        }
      }
      await().atMost(BACK).until(() -> hub.redis.condition().problem() == null);
      assertThat(acknowledged.size() + failed).isEqualTo(tries);
      assertThat(Long.parseLong(String.valueOf(hub.store.get("n"))))
          .isBetween((long) acknowledged.size(), (long) tries);
    }
  }
}
