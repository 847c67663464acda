package dev.serai.bus;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.Script;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Hints: which delivery might be worth claiming. Each subscription has two streams of them, one for
 * what is urgent. A stream is a bounded window over the backlog; an entry is in it from the hint to
 * the claim.
 */
final class Hints {

  /** Most entries of a stream. */
  static final int WINDOW = 1_000;

  private static final Script CLEAN = Script.of("bus-clean");

  /**
   * Whatever has become of a hint, it is not believed for longer than this: the sweep brings it
   * anew if it is still needed.
   */
  private static final Duration BELIEVED = Duration.ofMinutes(2);

  private static final Duration ORPHANED = Duration.ofSeconds(15);

  private final Map<String, Pair> streams = new ConcurrentHashMap<>();
  private final Redis redis;
  private final Keys keys;

  Hints(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** Adds fresh deliveries, unless the window was found to be filled a moment ago. */
  void addFresh(String subscription, Urgency urgency, List<UUID> events) {
    HintStream stream = streams(subscription).of(urgency);
    if (!stream.isFilled()) {
      stream.add(events, urgency.freshWindow());
    }
  }

  /** Adds deliveries that have waited. */
  void add(String subscription, Urgency urgency, List<UUID> events) {
    streams(subscription).of(urgency).add(events, urgency.window());
  }

  /**
   * Takes up to so many hints of each stream, waiting for the first as long as the block says; the
   * urgent ones come first.
   */
  List<Hint> read(
      StatefulRedisConnection<String, String> connection,
      String subscription,
      int node,
      int count,
      Duration block) {
    Pair pair = streams(subscription);
    try {
      return connection
          .sync()
          .xreadgroup(
              Consumer.from(HintStream.GROUP, Integer.toString(node)),
              XReadArgs.Builder.count(count).block(block),
              XReadArgs.StreamOffset.lastConsumed(pair.urgent.key()),
              XReadArgs.StreamOffset.lastConsumed(pair.normal.key()))
          .stream()
          .map(Hint::of)
          .sorted(Comparator.comparing(hint -> hint.stream().equals(pair.normal.key())))
          .toList();
    } catch (RedisCommandExecutionException e) {
      if (!isNoGroup(e)) {
        throw e;
      }
      // Never made, flushed, or destroyed.
      pair.all().forEach(stream -> stream.createGroup(connection));
      return List.of();
    }
  }

  private static boolean isNoGroup(RedisCommandExecutionException e) {
    return String.valueOf(e.getMessage()).toUpperCase(Locale.ROOT).contains("NOGROUP");
  }

  /** Forgets hints that were claimed or found stale. */
  void forget(String subscription, List<Hint> hints) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (connection == null || hints.isEmpty()) {
      return;
    }
    Pair pair = streams(subscription);
    Map<String, List<Hint>> byStream = hints.stream().collect(Collectors.groupingBy(Hint::stream));
    byStream.forEach(
        (key, some) ->
            (key.equals(pair.normal.key()) ? pair.normal : pair.urgent).forget(connection, some));
  }

  /** Forgets what is too old to be believed, and what a hub has read that died then. */
  void clean(List<String> subscriptions, int node) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (connection == null || subscriptions.isEmpty()) {
      return;
    }
    CLEAN.<Long>start(
        connection,
        ScriptOutputType.INTEGER,
        subscriptions.stream()
            .flatMap(name -> streams(name).all().stream())
            .map(HintStream::key)
            .toList(),
        HintStream.GROUP,
        Integer.toString(node),
        Long.toString(BELIEVED.toSeconds()),
        Long.toString(ORPHANED.toMillis()),
        Integer.toString(WINDOW));
  }

  /** The events that are hinted and not yet claimed. */
  CompletionStage<List<UUID>> window(
      StatefulRedisConnection<String, String> connection, String subscription) {
    Pair pair = streams(subscription);
    return pair.urgent
        .window(connection)
        .thenCombine(
            pair.normal.window(connection),
            (urgent, normal) -> Stream.concat(urgent.stream(), normal.stream()).toList());
  }

  private Pair streams(String subscription) {
    return streams.computeIfAbsent(
        subscription,
        name ->
            new Pair(
                new HintStream(redis, keys.urgentBus(name)),
                new HintStream(redis, keys.bus(name))));
  }

  private record Pair(HintStream urgent, HintStream normal) {
    HintStream of(Urgency urgency) {
      return urgency == Urgency.URGENT ? urgent : normal;
    }

    List<HintStream> all() {
      return List.of(urgent, normal);
    }
  }
}
