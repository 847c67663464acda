package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.Sessions;
import io.lettuce.core.RestoreArgs;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What do the jobs take out of Redis, and what do they leave alone? */
class CleaningJobsTest {

  private static TestHub hub;
  private static TestRuns runs;
  private static Keys keys;
  private static Sessions sessions;

  @BeforeAll
  static void start() {
    hub = TestHub.start(Map.of());
    runs = TestRuns.of(hub);
    keys = hub.bean(Keys.class);
    sessions = hub.bean(Sessions.class);
  }

  @BeforeEach
  void nothingIsThere() {
    redis().flushall();
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  private static RedisCommands<String, String> redis() {
    return hub.bean(Redis.class).require().sync();
  }

  @Test
  void sessionsThatHaveEndedLeaveTheListsOfTheirUsersAndThoseAliveStay() {
    List<String> ended = new ArrayList<>();
    Map<String, String> alive = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      String user = "u" + i % 1_000;
      String id = sessions.create(user, null, null).session().id();
      if (i % 3 == 0) {
        alive.put(id, user);
      } else {
        ended.add(keys.session(id));
      }
    }
    redis().unlink(ended.toArray(String[]::new)); // as their time would have done
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Void> others =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; !enough.get(); i++) {
                String user = "u" + i % 1_500;
                alive.put(sessions.create(user, null, null).session().id(), user);
              }
            });
    List<RunRecord> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(runs.run("expired-sessions", Map.of()));
    }
    enough.set(true);
    others.join();

    assertThat(made.getFirst().result())
        .endsWith(" keys looked at, 2000 removed: stale-session-lists 2000");
    assertThat(made.getLast().result()).endsWith(" keys looked at, 0 removed");
    assertThat(made.getFirst().progress()).isEqualTo(100);
    assertThat(runs.lines(made.getFirst().id()))
        .anyMatch(line -> line.startsWith("stale-session-lists: 2000 (entries of users' lists"));
    alive.forEach((id, user) -> assertThat(sessions.of(user)).anyMatch(s -> s.id().equals(id)));
    assertThat(sessions.revokeAll("u0")).isPositive();
  }

  @Test
  void aSessionWithoutExpiryGoesWhenItHasEndedByItsOwnWord() {
    Map<String, String> active = new HashMap<>(Map.of("data", "{}", "version", "1"));
    active.put("idle", "1800000");
    active.put("ends", "9999999999999");
    active.put("active", Long.toString(System.currentTimeMillis()));
    redis().hset(keys.session("alive"), active);
    active.put("active", Long.toString(System.currentTimeMillis() - 6_000_000));
    redis().hset(keys.session("ended"), active);
    active.put("idle", "86400000");
    redis().hset(keys.session("patient"), active);

    assertThat(runs.run("expired-sessions", Map.of()).result())
        .endsWith(" keys looked at, 1 removed: stale-sessions 1");
    assertThat(redis().exists(keys.session("ended"))).isZero();
    assertThat(redis().exists(keys.session("alive"), keys.session("patient"))).isEqualTo(2);
  }

  @Test
  void whatIsLeftOverGoesAndIsCountedByRule() {
    redis().set("made", "token");
    byte[] dump = redis().dump("made");
    redis().hset(keys.cacheGenerations(), "acme", "2");
    for (int i = 0; i < 2_000; i++) {
      redis().psetex(keys.cache("acme", "old" + i), 1_000_000, "1:=x");
      redis().psetex(keys.cache("acme", "new" + i), 1_000_000, "2:=x");
      redis().restore(keys.lock("old" + i), dump, RestoreArgs.Builder.ttl(0).idleTime(7_200));
    }
    redis().set(keys.lock("fresh"), "token");
    redis().set(keys.store("endless"), "value");

    RunRecord run = runs.run("stale-keys", Map.of());

    assertThat(run.result())
        .contains(" keys looked at, 4000 removed: ")
        .contains("stale-locks 2000", "stale-cache 2000")
        .endsWith("; 2 stay without an end: {lock=1, store=1}");
    assertThat(runs.lines(run.id()))
        .anyMatch(line -> line.startsWith("stale-locks: 2000 (without expiry"))
        .anyMatch(line -> line.contains("2 keys stay") && line.contains(keys.store("endless")));
    assertThat(redis().exists(keys.lock("fresh"), keys.cache("acme", "new7"))).isEqualTo(2);
    assertThat(runs.run("stale-keys", Map.of()).result()).contains(" keys looked at, 0 removed; 2");
  }
}
