package dev.serai.redis.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.event.Subscriptions;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is left over, and what is not? */
class CleanerTest {

  private final TestHub hub = TestHub.shared();
  private final Keys keys = hub.bean(Keys.class);
  private final RedisCommands<String, String> redis =
      Objects.requireNonNull(hub.bean(Redis.class).shared()).sync();
  private final String mark = UUID.randomUUID().toString();

  @Test
  void aLockWithoutExpiryThatNobodyUsedForAnHour() {
    String old = keys.lock("old-" + mark);
    String fresh = keys.lock("fresh-" + mark);
    String held = keys.lock("held-" + mark);
    redis.set("made-" + mark, "token");
    byte[] dump = Objects.requireNonNull(redis.dump("made-" + mark));
    // As if it had lain there for two hours.
    redis.restore(old, dump, RestoreArgs.Builder.ttl(0).idleTime(7_200));
    redis.set(fresh, "token");
    redis.restore(held, dump, RestoreArgs.Builder.ttl(100_000).idleTime(7_200));

    Cleaning look = hub.bean(Cleaner.class).clean(true, 10_000);
    assertThat(found(look, "stale-locks").samples()).contains(old).doesNotContain(fresh, held);
    assertThat(redis.exists(old)).isEqualTo(1);

    assertThat(hub.bean(Cleaner.class).clean(false, 10_000).complete()).isTrue();
    assertThat(redis.exists(old)).isZero();
    assertThat(redis.exists(fresh, held)).isEqualTo(2);
    redis.del(fresh, held, "made-" + mark);
  }

  @Test
  void theHintsToASubscriptionThatThereIsNoMore() {
    Subscriptions subscriptions = hub.bean(Subscriptions.class);
    subscriptions.declare("known-" + mark, List.of("t." + mark), List.of(), 1);
    String known = stream("known-" + mark);
    String gone = stream("gone-" + mark);
    String fresh = keys.bus("fresh-" + mark);
    redis.xadd(fresh, Map.of("e", mark));
    hub.bean(Cleaner.class).clean(false, 10_000);
    assertThat(redis.exists(gone)).isZero();
    assertThat(redis.exists(known, fresh)).isEqualTo(2);
    redis.del(known, fresh);
  }

  @Test
  void aCachedValueOfAGenerationThatWasCleared() {
    String workspace = "w:%" + mark;
    redis.hset(keys.cacheGenerations(), workspace, "3");
    redis.psetex(keys.cache(workspace, "old"), 100_000, "2:=x");
    redis.psetex(keys.cache(workspace, "new"), 100_000, "3:=x");
    hub.bean(Cleaner.class).clean(false, 10_000);
    assertThat(redis.exists(keys.cache(workspace, "old"))).isZero();
    assertThat(redis.exists(keys.cache(workspace, "new"))).isEqualTo(1);
    redis.hdel(keys.cacheGenerations(), workspace);
  }

  @Test
  void aSessionThatHasEndedFromTheListOfItsUser() {
    redis.psetex(keys.session("here-" + mark), 100_000, "1");
    redis.zadd(keys.sessionsOf(mark), 1e13, "here-" + mark);
    redis.zadd(keys.sessionsOf(mark), 1e13, "gone-" + mark);
    redis.pexpire(keys.sessionsOf(mark), 100_000);
    hub.bean(Cleaner.class).clean(false, 10_000);
    assertThat(redis.zrange(keys.sessionsOf(mark), 0, -1)).containsExactly("here-" + mark);
  }

  @Test
  void whatNoRuleNamesStays() {
    String other = keys.prefix() + "other:" + mark;
    redis.set(other, "1");
    hub.bean(Cleaner.class).clean(false, 10_000);
    assertThat(redis.exists(other)).isEqualTo(1);
    redis.del(other);
  }

  @Test
  void anAdminIsToldWhatEachRuleFound() throws Exception {
    Api.Answer answer = Api.of(hub).post("/api/v1/redis/clean?dry_run=true", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("rules").findValuesAsText("rule"))
        .contains("stale-locks", "stale-hints");
    Api operator = new Api(hub.url(), TestHub.OPERATOR_KEY);
    assertThat(operator.post("/api/v1/redis/clean", "").status()).isEqualTo(403);
    assertThat(operator.post("/api/v1/redis/backup?pattern=*", "").status()).isEqualTo(403);
  }

  private String stream(String subscription) {
    String key = keys.bus(subscription);
    redis.xadd(key, new XAddArgs().id("1-1"), Map.of("e", mark));
    return key;
  }

  private static Cleaning.Found found(Cleaning cleaning, String rule) {
    return cleaning.rules().stream()
        .filter(found -> found.rule().equals(rule))
        .findFirst()
        .orElseThrow();
  }
}
