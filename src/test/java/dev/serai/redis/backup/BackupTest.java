package dev.serai.redis.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import dev.serai.redis.Keys;
import dev.serai.redis.backup.Restoring.Mode;
import dev.serai.redis.backup.Restoring.Renaming;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Is what was restored what was there? */
@ResourceLock(BackupArea.TURN)
class BackupTest {

  private final TestHub hub = TestHub.shared();
  private final BackupArea area = new BackupArea(hub);
  private final Keys keys = hub.bean(Keys.class);

  @AfterEach
  void clear() {
    area.clear();
  }

  @Test
  void everyTypeComesBackWithItsExpiry() throws Exception {
    area.redis.set(area.name("text"), "ü\0x");
    area.redis.hset(area.name("hash"), Map.of("a", "1", "b", "2"));
    area.redis.rpush(area.name("list"), "x", "y", "x");
    area.redis.sadd(area.name("set"), "p", "q");
    area.redis.zadd(area.name("zset"), 1.5, "m");
    area.redis.xadd(area.name("stream"), Map.of("f", "v"));
    area.redis.psetex(area.name("short"), 600_000, "s");
    assertThat(area.copy(area.backup()).restored()).isEqualTo(7);
    for (String key : List.of("text", "hash", "list", "set", "zset", "stream", "short")) {
      assertThat(area.value(area.copyOf(key))).isNotNull().isEqualTo(area.value(area.name(key)));
    }
    long left = area.redis.pttl(area.name("short"));
    assertThat(area.redis.pttl(area.copyOf("short"))).isBetween(left - 1_000, left + 1_000);
    assertThat(area.redis.pttl(area.copyOf("text"))).isEqualTo(-1);
  }

  @Test
  void whatStandsStillIsTheSameAndWhatMovesIsAsItOnceWas() throws Exception {
    int count = 2_000;
    for (int i = 0; i < count; i++) {
      area.redis.set(area.name("still:" + i), Integer.toString(i));
      area.redis.rpush(area.name("moving:" + i), "0", "0");
    }
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = Thread.ofVirtual().start(() -> writeInPairs(count, stop));
    byte[] file;
    try {
      file = area.backup();
    } finally {
      stop.set(true);
      writer.join();
    }
    area.copy(file);
    for (int i = 0; i < count; i++) {
      assertThat(area.redis.get(area.copyOf("still:" + i))).isEqualTo(Integer.toString(i));
      List<String> copied = area.redis.lrange(area.copyOf("moving:" + i), 0, -1);
      List<String> now = area.redis.lrange(area.name("moving:" + i), 0, -1);
      assertThat(copied).hasSizeGreaterThanOrEqualTo(2);
      assertThat(copied.size() % 2).isZero();
      assertThat(now.subList(0, copied.size())).isEqualTo(copied);
    }
  }

  /** Money goes to and fro between keys that lie anywhere: at each moment the sum is the same. */
  @Test
  void atOnceIsOneMomentOfAllKeysWhileOthersWrite() throws Exception {
    int count = 5_000;
    for (int i = 0; i < count; i++) {
      area.redis.set(area.name("account:" + i), "100");
    }
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int n = 1; !stop.get(); n++) {
                    area.redis.eval(
                        "redis.call('DECR', KEYS[1]) redis.call('INCR', KEYS[2])",
                        ScriptOutputType.STATUS,
                        new String[] {
                          area.name("account:" + n * 7919L % count),
                          area.name("account:" + n * 104_729L % count)
                        });
                  }
                });
    byte[] file;
    try {
      file = area.backupAtOnce();
    } finally {
      stop.set(true);
      writer.join();
    }
    area.copy(file);
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Long.parseLong(area.redis.get(area.copyOf("account:" + i)));
    }
    assertThat(sum).isEqualTo(100L * count);
  }

  /** Two values in one step: a copy with one of them is of no moment that there was. */
  private void writeInPairs(int count, AtomicBoolean stop) {
    for (int n = 1; !stop.get(); n++) {
      area.redis.eval(
          "redis.call('RPUSH', KEYS[1], ARGV[1], ARGV[1])",
          ScriptOutputType.STATUS,
          new String[] {area.name("moving:" + n % count)},
          Integer.toString(n));
    }
  }

  @Test
  void aWorkspaceIsBroughtIntoAnother() throws Exception {
    String from = "w:" + UUID.randomUUID();
    String to = "scratch-" + from;
    area.redis.set(keys.cache(from, "a:b"), "1");
    area.redis.set(keys.usage(from, "2026-11"), "2");
    area.redis.set(keys.cache(from + "x", "a"), "another's");
    Renaming renaming = Renaming.of(null, null, from, to);
    Restores.Restored restored =
        area.restore(
            area.backup(area.workspace(from)), new Restoring(Mode.REFUSE, renaming, false, false));
    assertThat(restored).isEqualTo(new Restores.Restored(2, 2, 0, 0, 0));
    assertThat(area.redis.get(keys.cache(to, "a:b"))).isEqualTo("1");
    assertThat(area.redis.get(keys.usage(to, "2026-11"))).isEqualTo("2");
  }
}
