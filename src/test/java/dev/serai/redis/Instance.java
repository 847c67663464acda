package dev.serai.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** The Redis services of one hub, without the rest of it: several make a cluster. */
final class Instance implements AutoCloseable {

  static final SessionSettings SESSIONS =
      new SessionSettings(
          Duration.ofMinutes(30), Duration.ofDays(7), 100, DataSize.ofKilobytes(64), 500);

  static final CacheSettings CACHE =
      new CacheSettings(
          Duration.ofHours(1),
          Duration.ofMinutes(1),
          0,
          DataSize.ofKilobytes(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30));

  final List<SessionChange> changes = new ArrayList<>();
  final Redis redis;
  final Keys keys;
  final Store store;
  final Locks locks;
  final Cache cache;
  final Sessions sessions;
  final Expiries expiries;

  private final ClientResources resources;
  private final RedisClient client;
  private final Connections connections;

  private Instance(RedisSettings settings, SessionSettings sessions, Clock clock) {
    var configuration = new RedisConfiguration();
    resources = configuration.redisResources();
    client = configuration.redisClient(settings, resources);
    redis = configuration.redis(client);
    keys = configuration.redisKeys(settings);
    connections = configuration.redisConnections(client, settings);
    store = configuration.redisStore(redis, keys, connections, settings);
    locks = configuration.redisLocks(redis, keys);
    cache = configuration.cache(redis, keys, CACHE, new SimpleMeterRegistry());
    this.sessions = new Sessions(redis, keys, sessions, clock, changes::add);
    expiries = configuration.redisExpiries(redis, keys);
  }

  static Instance on(String url) {
    return of(RedisSettings.of(url));
  }

  static Instance of(RedisSettings settings) {
    return new Instance(settings, SESSIONS, Clock.systemUTC());
  }

  static Instance on(String url, SessionSettings sessions, Clock clock) {
    return new Instance(RedisSettings.of(url), sessions, clock);
  }

  RedisCommands<String, String> commands() {
    return redis.require().sync();
  }

  @Override
  public void close() {
    redis.destroy();
    connections.destroy();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    resources.shutdown(0, 2, java.util.concurrent.TimeUnit.SECONDS);
  }
}
