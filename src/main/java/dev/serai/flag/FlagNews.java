package dev.serai.flag;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Tells other hubs that flags have changed, and hears it from them. */
final class FlagNews implements AutoCloseable {

  private final Redis redis;
  private final String channel;
  private final AtomicBoolean heard = new AtomicBoolean();
  private @Nullable StatefulRedisPubSubConnection<String, String> subscription;

  FlagNews(Redis redis, Keys keys) {
    this.redis = redis;
    this.channel = keys.channel("flags");
  }

  /** Listens from now on, if Redis is there; Lettuce comes back by itself after that. */
  synchronized void listen() {
    if (subscription != null || redis.shared() == null) {
      return;
    }
    try {
      StatefulRedisPubSubConnection<String, String> connection = redis.subscriber();
      connection.addListener(
          new RedisPubSubAdapter<>() {
            @Override
            public void message(String from, String message) {
              heard.set(true);
            }

            @Override
            public void subscribed(String to, long count) {
              // What was said before nobody has heard.
              heard.set(true);
            }
          });
      connection.async().subscribe(channel);
      subscription = connection;
    } catch (RedisException notYet) {
      // The next turn tries again; meanwhile changes are looked for in the database.
    }
  }

  /** Whether what others say arrives. */
  synchronized boolean isListening() {
    return subscription != null && subscription.isOpen();
  }

  /** Whether there was something since this was asked before. */
  boolean takeHeard() {
    return heard.getAndSet(false);
  }

  /** Best effort: who misses it looks by itself. */
  void tell() {
    heard.set(true);
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (connection != null) {
      connection.async().publish(channel, "changed");
    }
  }

  @Override
  public synchronized void close() {
    if (subscription != null) {
      subscription.close();
    }
  }
}
