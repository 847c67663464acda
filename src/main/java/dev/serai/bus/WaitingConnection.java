package dev.serai.bus;

import dev.serai.redis.Redis;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.UnblockType;
import io.lettuce.core.api.StatefulRedisConnection;
import org.jspecify.annotations.Nullable;

/** A connection on which one lane waits for hints. */
final class WaitingConnection {

  private final Redis redis;
  private @Nullable StatefulRedisConnection<String, String> connection;
  private volatile long client;

  WaitingConnection(Redis redis) {
    this.redis = redis;
  }

  /** The connection; made when it is first used, and after it was closed. */
  StatefulRedisConnection<String, String> open() {
    StatefulRedisConnection<String, String> open = connection;
    if (open == null) {
      open = redis.dedicated();
      connection = open;
      client = id(open);
    }
    return open;
  }

  /** What it is woken by; 0 where Redis does not tell. */
  private static long id(StatefulRedisConnection<String, String> connection) {
    try {
      return connection.sync().clientId();
    } catch (RedisCommandExecutionException e) {
      return 0;
    }
  }

  void close() {
    StatefulRedisConnection<String, String> open = connection;
    if (open != null) {
      client = 0;
      connection = null;
      open.close();
    }
  }

  /**
   * Ends the wait from outside. Where Redis does not take that it ends by itself, a little later.
   */
  void wake() {
    StatefulRedisConnection<String, String> shared = redis.shared();
    long waiting = client;
    if (waiting > 0 && shared != null) {
      shared.async().clientUnblock(waiting, UnblockType.TIMEOUT);
    }
  }
}
