package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How soon does a running hub get over the loss of everything it keeps in Redis? */
@ResourceLock(HubProcess.SHARED)
class EmptiedRedisIT {

  private static final Duration HEALED = Duration.ofSeconds(30);

  private final HubProcess hub = HubProcess.shared();
  private final Ledger ledger = Ledger.of(hub);

  EmptiedRedisIT() throws IOException {}

  @Test
  void allKeysAreGone() throws Exception {
    healsAfter(RedisCommands::flushall);
  }

  @Test
  void theConsumerGroupsAreGone() throws Exception {
    healsAfter(
        redis -> {
          for (String subscription : List.of("ledger-once", "ledger-plain")) {
            assertThat(redis.xgroupDestroy("serai:bus:" + subscription, "hubs")).isTrue();
          }
        });
  }

  private void healsAfter(Consumer<RedisCommands<String, String>> loss) throws IOException {
    long repeats = ledger.repeats("plain");
    Load load = Load.on(hub, "ledger.counted");
    try (load;
        RedisClient client = RedisClient.create(redisUrl())) {
      await().until(() -> load.acknowledged().size() > 100);
      loss.accept(client.connect().sync());
      int before = load.acknowledged().size();
      await().until(() -> load.acknowledged().size() > before + 100);
      // Under load all the while: what was taken before, during and after.
      List<String> taken = load.acknowledged();
      ledger.awaitHandled(HEALED, taken);
    }
    ledger.awaitHandled(HEALED, load.acknowledged());
    assertThat(load.refusals()).isEmpty();
    assertThat(ledger.repeats("once")).isZero();
    assertThat(ledger.repeats("plain")).isEqualTo(repeats);
  }

  private String redisUrl() throws IOException {
    var folder = hub.data().resolve("redis");
    return "redis://:%s@127.0.0.1:%s"
        .formatted(
            Files.readString(folder.resolve("password")).strip(),
            Files.readString(folder.resolve("port")).strip());
  }
}
