package dev.serai.redis.channel;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Spring Data Redis' connections, made by the hub's own client: its address, its TLS, its threads
 * and its time limits are those of everything else here.
 */
final class HubConnections extends LettuceConnectionFactory {

  private final RedisClient client;

  HubConnections(RedisClient client) {
    this.client = client;
  }

  @Override
  protected AbstractRedisClient createClient() {
    return client;
  }

  /** Without ending the client, which others use longer. */
  @Override
  public void stop() {
    resetConnection();
  }
}
