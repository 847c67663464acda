package dev.serai.bus;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Streams of hints: which delivery might be worth claiming. A stream is a bounded window over the
 * backlog; an entry is in it from the hint to the claim.
 */
final class Hints {

  /** Most entries of a subscription's stream. */
  static final int WINDOW = 1_000;

  /**
   * Fresh events may fill half of it. So what waited longer, which the sweep brings, always finds
   * room, and a burst doesn't overtake the backlog.
   */
  static final int FRESH = WINDOW / 2;

  /** What belongs to a replay is hinted while there are no more: a live event waits behind few. */
  static final int LOW = 64;

  private static final String GROUP = "hubs";
  private static final Duration ORPHANED = Duration.ofSeconds(15);

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

  /**
   * Whatever has become of a hint, it is not believed for longer than this: the sweep brings it
   * anew if it is still needed. By the clock that made the entries' ids.
   */
  private static final String EXPIRE =
      """
      local oldest = (tonumber(redis.call('TIME')[1]) - tonumber(ARGV[1])) * 1000
      return redis.call('XTRIM', KEYS[1], 'MINID', oldest)
      """;

  private static final Duration BELIEVED = Duration.ofMinutes(2);

  /** How long a full window is taken to be full: what is not hinted meanwhile the sweep finds. */
  private static final long FILLED_NANOS = Duration.ofMillis(100).toNanos();

  private final Map<String, Long> filledUntil = new ConcurrentHashMap<>();
  private final Redis redis;
  private final Keys keys;

  Hints(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** Adds fresh deliveries, unless the window was found to be filled a moment ago. */
  void addFresh(String subscription, List<UUID> events) {
    Long until = filledUntil.get(subscription);
    if (until == null || System.nanoTime() - until > 0) {
      add(subscription, events, FRESH);
    }
  }

  /** Adds what finds room below the limit; best effort, without waiting. */
  void add(String subscription, List<UUID> events, int limit) {
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
        .<Long>eval(ADD, ScriptOutputType.INTEGER, new String[] {keys.bus(subscription)}, arguments)
        .thenAccept(
            added -> {
              if (limit > LOW && added < events.size()) {
                filledUntil.put(subscription, System.nanoTime() + FILLED_NANOS);
              }
            });
  }

  /** Takes up to so many hints, waiting for the first as long as the block says. */
  List<Hint> read(
      StatefulRedisConnection<String, String> connection,
      String subscription,
      int node,
      int count,
      Duration block) {
    String key = keys.bus(subscription);
    try {
      return connection
          .sync()
          .xreadgroup(
              Consumer.from(GROUP, Integer.toString(node)),
              XReadArgs.Builder.count(count).block(block),
              XReadArgs.StreamOffset.lastConsumed(key))
          .stream()
          .map(Hint::of)
          .toList();
    } catch (RedisCommandExecutionException e) {
      if (!isNoGroup(e)) {
        throw e;
      }
      // Never made, flushed, or destroyed: from its beginning, since a hint read twice is harmless.
      createGroup(connection, key);
      return List.of();
    }
  }

  private static void createGroup(StatefulRedisConnection<String, String> connection, String key) {
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

  private static boolean isNoGroup(RedisCommandExecutionException e) {
    return String.valueOf(e.getMessage()).toUpperCase(Locale.ROOT).contains("NOGROUP");
  }

  /** Forgets the hints that are too old to be believed, without waiting. */
  void expire(StatefulRedisConnection<String, String> connection, String subscription) {
    connection
        .async()
        .eval(
            EXPIRE,
            ScriptOutputType.INTEGER,
            new String[] {keys.bus(subscription)},
            Long.toString(BELIEVED.toSeconds()));
  }

  /** Takes hints that a hub has read and not answered for: it died between the two. */
  List<Hint> orphaned(
      StatefulRedisConnection<String, String> connection, String subscription, int node) {
    return connection
        .sync()
        .xautoclaim(
            keys.bus(subscription),
            XAutoClaimArgs.Builder.xautoclaim(
                    Consumer.from(GROUP, Integer.toString(node)), ORPHANED, "0")
                .count(WINDOW))
        .getMessages()
        .stream()
        .filter(message -> message.getBody() != null)
        .map(Hint::of)
        .toList();
  }

  /** Forgets hints that were claimed or found stale. */
  void forget(String subscription, List<Hint> hints) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (connection == null || hints.isEmpty()) {
      return;
    }
    String key = keys.bus(subscription);
    Stream<String> ids = hints.stream().map(Hint::id);
    String[] arguments = Stream.concat(Stream.of(GROUP), ids).toArray(String[]::new);
    connection.async().eval(FORGET, ScriptOutputType.INTEGER, new String[] {key}, arguments);
  }

  /** The events that are hinted and not yet claimed. */
  CompletionStage<List<UUID>> window(
      StatefulRedisConnection<String, String> connection, String subscription) {
    return connection
        .async()
        .xrange(keys.bus(subscription), Range.unbounded(), Limit.from(WINDOW))
        .thenApply(messages -> Hint.events(messages.stream().map(Hint::of).toList()));
  }
}
