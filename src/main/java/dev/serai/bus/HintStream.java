package dev.serai.bus;

import dev.serai.redis.Redis;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** One stream of hints. */
final class HintStream {

  static final String GROUP = "hubs";

  private static final String ADD =
      """
      local room = tonumber(ARGV[1]) - redis.call('XLEN', KEYS[1])
      local added = 0
      for i = 2, #ARGV do
        if added >= room then break end
        redis.call('XADD', KEYS[1], '*', 'e', ARGV[i])
        added = added + 1
      end
      return added
      """;

  /**
   * Both or neither: an entry that is acknowledged and not deleted would be read by nobody and look
   * like a hint for ever.
   */
  private static final String FORGET =
      """
      redis.call('XACK', KEYS[1], ARGV[1], unpack(ARGV, 2))
      return redis.call('XDEL', KEYS[1], unpack(ARGV, 2))
      """;

  /** How long a full window is taken to be full: what is not hinted meanwhile the sweep finds. */
  private static final long FILLED_NANOS = Duration.ofMillis(100).toNanos();

  private final Redis redis;
  private final String key;
  private volatile long filledUntil = System.nanoTime();

  HintStream(Redis redis, String key) {
    this.redis = redis;
    this.key = key;
  }

  String key() {
    return key;
  }

  /** Whether there was lately no room for another. */
  boolean isFilled() {
    return System.nanoTime() - filledUntil < 0;
  }

  /** Adds what finds room below the limit; best effort, without waiting. */
  void add(List<UUID> events, int limit) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (connection == null || events.isEmpty()) {
      return;
    }
    int most = Math.min(events.size(), limit);
    String[] arguments = new String[most + 1];
    arguments[0] = Integer.toString(limit);
    for (int i = 0; i < most; i++) {
      arguments[i + 1] = events.get(i).toString();
    }
    connection
        .async()
        .<Long>eval(ADD, ScriptOutputType.INTEGER, new String[] {key}, arguments)
        .thenAccept(
            added -> {
              // A replay's limit says nothing about the room for others.
              if (limit > Urgency.LOW.window() && added < events.size()) {
                filledUntil = System.nanoTime() + FILLED_NANOS;
              }
            });
  }

  /** Makes the group of readers, from the beginning: a hint that is read twice is harmless. */
  void createGroup(StatefulRedisConnection<String, String> connection) {
    try {
      connection
          .sync()
          .xgroupCreate(
              XReadArgs.StreamOffset.from(key, "0"), GROUP, XGroupCreateArgs.Builder.mkstream());
    } catch (RedisCommandExecutionException e) {
      if (!String.valueOf(e.getMessage()).startsWith("BUSYGROUP")) {
        throw e;
      }
    }
  }

  /** Forgets hints that were claimed or found stale. */
  void forget(StatefulRedisConnection<String, String> connection, List<Hint> hints) {
    Stream<String> ids = hints.stream().map(Hint::id);
    String[] arguments = Stream.concat(Stream.of(GROUP), ids).toArray(String[]::new);
    connection.async().eval(FORGET, ScriptOutputType.INTEGER, new String[] {key}, arguments);
  }

  /** The events that are hinted and not yet claimed. */
  CompletionStage<List<UUID>> window(StatefulRedisConnection<String, String> connection) {
    return connection
        .async()
        .xrange(key, Range.unbounded(), Limit.from(Hints.WINDOW))
        .thenApply(messages -> Hint.events(messages.stream().map(Hint::of).toList()));
  }
}
