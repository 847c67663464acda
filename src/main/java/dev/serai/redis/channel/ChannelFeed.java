package dev.serai.redis.channel;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The one connection over which this hub hears what is published. When it is lost, those who listen
 * are told; it comes back by itself, and they are told what time they have missed.
 */
class ChannelFeed implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(ChannelFeed.class);

  private final Redis redis;
  private final Keys keys;
  private final ChannelClients clients;
  private final Clock clock;
  private final int prefix;
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private volatile @Nullable StatefulRedisPubSubConnection<String, String> connection;
  private volatile @Nullable Instant lostAt;
  private volatile boolean closed;

  ChannelFeed(Redis redis, Keys keys, ChannelClients clients, Clock clock) {
    this.redis = redis;
    this.keys = keys;
    this.clients = clients;
    this.clock = clock;
    this.prefix = keys.channel("").length();
    this.lostAt = clock.instant();
  }

  /**
   * Connects, if there is no connection; else asks whether the other side is still there: nothing
   * else would tell of one that is gone without a word, because this side never speaks.
   */
  @Scheduled(fixedDelay = 1_000)
  synchronized void look() {
    if (closed || clients.names().isEmpty()) {
      return;
    }
    StatefulRedisPubSubConnection<String, String> open = connection;
    try {
      if (open == null) {
        connect();
      } else if (open.isOpen()) {
        open.sync().ping();
      }
    } catch (RedisException e) {
      log.debug("Channels are not heard", e);
      if (open != null) {
        lost();
        connection = null;
        open.closeAsync();
      }
    }
  }

  private void connect() {
    StatefulRedisPubSubConnection<String, String> fresh = redis.subscriber();
    String[] channels = clients.names().stream().map(keys::channel).toArray(String[]::new);
    missing.addAll(Set.of(channels));
    fresh.addListener(new Messages());
    fresh.addListener(new States());
    connection = fresh;
    fresh.async().subscribe(channels);
  }

  /** Whether everything that is published reaches this hub. */
  boolean hears() {
    return lostAt == null;
  }

  private void lost() {
    clients.names().forEach(name -> missing.add(keys.channel(name)));
    if (lostAt == null && !closed) {
      lostAt = clock.instant();
      log.warn("Redis is away: what is published on channels meanwhile is missed here");
      clients.tell(": Redis can't be used; what is published meanwhile is missed\n\n");
    }
  }

  private void heard(String channel) {
    missing.remove(channel);
    Instant since = lostAt;
    if (missing.isEmpty() && since != null) {
      lostAt = null;
      clients.tell(
          "event: gap\ndata: {\"from\":\"%s\",\"to\":\"%s\"}\n\n"
              .formatted(since, clock.instant()));
    }
  }

  @Override
  public synchronized void destroy() {
    closed = true;
    StatefulRedisPubSubConnection<String, String> open = connection;
    if (open != null) {
      open.close();
    }
  }

  private final class Messages extends RedisPubSubAdapter<String, String> {
    @Override
    public void message(String channel, String message) {
      clients.deliver(channel.substring(prefix), message);
    }

    @Override
    public void subscribed(String channel, long count) {
      heard(channel);
    }
  }

  private final class States implements RedisConnectionStateListener {
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
      if (handler == connection) {
        lost();
      }
    }
  }
}
