package dev.serai.redis;

import io.lettuce.core.TimeoutOptions.TimeoutSource;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long a command may take: one that waits for entries may do so, too. */
final class Patience extends TimeoutSource {

  private final Duration timeout;

  Patience(Duration timeout) {
    this.timeout = timeout;
  }

  @Override
  public long getTimeout(RedisCommand<?, ?, ?> command) {
    return command.getType() == CommandType.XREADGROUP
        ? timeout.plus(Redis.LONGEST_BLOCK).toMillis()
        : timeout.toMillis();
  }

  @Override
  public TimeUnit getTimeUnit() {
    return TimeUnit.MILLISECONDS;
  }
}
