package dev.serai.redis.backup;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;

/** Connections that carry bytes as they are: values need not be text. */
final class RawRedis {

  private final RedisClient client;

  RawRedis(RedisClient client) {
    this.client = client;
  }

  /**
   * A connection of the caller's own.
   *
   * @throws RedisException when Redis can't be reached
   */
  StatefulRedisConnection<byte[], byte[]> connect() {
    return client.connect(ByteArrayCodec.INSTANCE);
  }
}
