package dev.serai.bus;

import dev.serai.TestHub;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.Objects;

/** A hub's Redis, for tests that look into the streams of hints or harm them. */
record Streams(RedisCommands<String, String> redis, Keys keys) {

  static Streams of(TestHub hub) {
    return new Streams(
        Objects.requireNonNull(hub.bean(Redis.class).shared()).sync(), hub.bean(Keys.class));
  }

  long length(String subscription) {
    return redis.xlen(keys.bus(subscription));
  }
}
