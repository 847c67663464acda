package dev.serai.bus;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.Script;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How many different deliveries of a subscription have failed in a row, over all hubs. One that
 * fails again and again counts once: it may be its own fault. Redis may forget the row; then the
 * breaker opens a little later.
 */
final class FailureRow {

  private final Script script = Script.of("bus-failures");
  private final Redis redis;
  private final Keys keys;

  FailureRow(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** Adds a failed delivery, without waiting; completes with how many there are. */
  CompletionStage<Long> add(String subscription, UUID event, BreakerPolicy policy) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (connection == null) {
      return CompletableFuture.completedStage(0L);
    }
    return script.start(
        connection,
        ScriptOutputType.INTEGER,
        List.of(keys.busFailures(subscription)),
        event.toString(),
        Long.toString(policy.window().toMillis()),
        Integer.toString(policy.threshold()));
  }

  /** A success ends the row. */
  void end(String subscription) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (connection != null) {
      connection.async().unlink(keys.busFailures(subscription));
    }
  }
}
