package dev.serai.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The connection that everything shares, and others for whoever blocks.
 *
 * <p>A Redis that can't be reached stops nothing: there is no connection yet, it is asked for every
 * second, and once there it reconnects by itself.
 */
public final class Redis implements DisposableBean {

  /** How long a command may wait for what others add; the connection then is the caller's own. */
  public static final Duration LONGEST_BLOCK = Duration.ofSeconds(4);

  private static final Logger log = LoggerFactory.getLogger(Redis.class);

  private final RedisClient client;
  private volatile @Nullable StatefulRedisConnection<String, String> shared;
  private volatile String complaint = "not connected yet";

  Redis(RedisClient client) {
    this.client = client;
    connect();
  }

  /** Connects unless that was done; called every second until it succeeds. */
  @Scheduled(fixedDelay = 1_000)
  synchronized void connect() {
    if (shared != null) {
      return;
    }
    try {
      shared = client.connect();
      complaint = "the connection is lost; it is tried again";
    } catch (RedisException e) {
      String problem = rootMessage(e);
      if (!problem.equals(complaint)) {
        log.error(
            "Redis can't be used, so no deliveries are handled; events are still accepted: {}",
            problem);
        complaint = problem;
      }
    }
  }

  /** The shared connection, or null while Redis can't be reached. */
  public @Nullable StatefulRedisConnection<String, String> shared() {
    StatefulRedisConnection<String, String> connection = shared;
    return connection != null && connection.isOpen() ? connection : null;
  }

  /**
   * The shared connection.
   *
   * @throws RedisUnavailableException while Redis can't be reached
   */
  public StatefulRedisConnection<String, String> require() {
    StatefulRedisConnection<String, String> connection = shared();
    if (connection == null) {
      throw new RedisUnavailableException(complaint);
    }
    return connection;
  }

  /**
   * A connection of the caller's own, for commands that block.
   *
   * @throws RedisException when Redis can't be reached
   */
  public StatefulRedisConnection<String, String> dedicated() {
    return client.connect();
  }

  /**
   * A connection of the caller's own, for what others publish.
   *
   * @throws RedisException when Redis can't be reached
   */
  public StatefulRedisPubSubConnection<String, String> subscriber() {
    return client.connectPubSub();
  }

  /** How Redis is, by asking it. */
  public Condition condition() {
    StatefulRedisConnection<String, String> connection = shared();
    if (connection == null) {
      return new Condition(complaint, Map.of());
    }
    try {
      long begin = System.nanoTime();
      connection.sync().ping();
      Duration latency = Duration.ofNanos(System.nanoTime() - begin);
      return Condition.of(ServerInfo.parse(connection.sync().info()), latency);
    } catch (RedisException e) {
      return new Condition(rootMessage(e), Map.of());
    }
  }

  /** What the server says of itself. */
  public ServerInfo info() {
    return ServerInfo.parse(require().sync().info());
  }

  /** What is at the bottom of a failed connection: "connection refused", "wrong password". */
  public static String rootMessage(Throwable failure) {
    Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
    String message =
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return message + advice(message);
  }

  /** What an operator would otherwise have to guess. */
  private static String advice(String message) {
    if (message.contains("closed prematurely") || message.contains("Connection reset")) {
      return " (does it want TLS? then rediss:// in serai.redis.url)";
    }
    if (message.contains("certification path") || message.contains("PKIX")) {
      return " (who signed its certificate is not trusted; see serai.redis.ca-file)";
    }
    if (message.contains("not an SSL/TLS record")) {
      return " (it speaks no TLS; then redis:// in serai.redis.url)";
    }
    return "";
  }

  @Override
  public void destroy() {
    StatefulRedisConnection<String, String> connection = shared;
    if (connection != null) {
      connection.close();
    }
  }
}
