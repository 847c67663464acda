package dev.serai.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.embedded.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is left when a workspace's cache is cleared, and what does it cost? */
class ClearedCacheTest {

  private static TestRedis server;
  private static Instance one;
  private static Instance two;

  private final String workspace = "w" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    server = TestRedis.start();
    one = Instance.on(server.url());
    two = Instance.on(server.url());
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    server.close();
  }

  @Test
  void aClearedWorkspaceIsEmptyAndOthersAreNot() {
    one.cache.put(workspace, "a", "1");
    one.cache.put(workspace + "2", "a", "2");
    two.cache.clear(workspace);
    assertThat(one.cache.get(workspace, "a")).isNull();
    assertThat(one.cache.getOrCompute(workspace, "a", () -> "3")).isEqualTo("3");
    assertThat(two.cache.get(workspace, "a")).isEqualTo("3");
    assertThat(one.cache.get(workspace + "2", "a")).isEqualTo("2");
  }

  @Test
  void whatWasComputedFromBeforeAClearIsNotKept() {
    String answer =
        one.cache.getOrCompute(
            workspace,
            "key",
            () -> {
              two.cache.clear(workspace);
              return "old";
            });
    assertThat(answer).isEqualTo("old");
    assertThat(two.cache.get(workspace, "key")).isNull();
  }

  /** As many commands for a hundred thousand keys as for one: this is what constant time is. */
  @Test
  void clearingAHundredThousandKeysIsOneCommand() {
    var commands = one.redis.require().async();
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      sent.add(
          commands
              .psetex(one.keys.cache(workspace, "key" + i), 60_000, "0:=value")
              .toCompletableFuture());
      if (i % 10_000 == 9_999) {
        sent.forEach(CompletableFuture::join);
        sent.clear();
      }
    }
    assertThat(one.cache.get(workspace, "key7")).isEqualTo("value");
    long before = total();
    one.cache.clear(workspace);
    assertThat(total() - before).as("the clearing, and the question before").isLessThanOrEqualTo(2);
    assertThat(one.cache.get(workspace, "key7")).isNull();
    assertThat(one.cache.get(workspace, "key99999")).isNull();
  }

  private static long total() {
    return (long) one.redis.info().number("total_commands_processed");
  }
}
