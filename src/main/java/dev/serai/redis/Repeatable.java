package dev.serai.redis;

import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.lettuce.core.protocol.RedisCommand;
import java.util.Set;

/**
 * Which commands may be sent again when the connection broke before their answer came. The client
 * would do so with all of them; counting twice is worse than not knowing whether it was counted.
 */
final class Repeatable {

  private static final Set<ProtocolKeyword> NOT =
      Set.of(
          CommandType.INCR,
          CommandType.INCRBY,
          CommandType.INCRBYFLOAT,
          CommandType.DECR,
          CommandType.DECRBY,
          CommandType.HINCRBY,
          CommandType.HINCRBYFLOAT,
          CommandType.ZINCRBY,
          CommandType.APPEND,
          CommandType.GETSET,
          CommandType.GETDEL,
          CommandType.LPUSH,
          CommandType.RPUSH,
          CommandType.LPOP,
          CommandType.RPOP,
          CommandType.EVAL,
          CommandType.EVALSHA,
          CommandType.PUBLISH,
          CommandType.MULTI,
          CommandType.EXEC);

  private Repeatable() {}

  /** Whether a command is given up with its connection. */
  static boolean mustNotBe(RedisCommand<?, ?, ?> command) {
    return NOT.contains(command.getType());
  }
}
