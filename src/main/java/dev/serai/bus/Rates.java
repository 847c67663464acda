package dev.serai.bus;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.Script;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is left of the rates of subscriptions, as Redis reckons it for all hubs. */
public final class Rates {

  private final Script script = Script.of("bus-rate");
  private final Redis redis;
  private final Keys keys;
  private final InstantSource clock;

  Rates(Redis redis, Keys keys, InstantSource clock) {
    this.redis = redis;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Takes as many deliveries as there are, up to those wanted.
   *
   * @param wanted none to look only, negative to give back
   */
  Left take(String subscription, Rate rate, int wanted) {
    List<Long> left =
        script.run(
            redis.require(),
            ScriptOutputType.MULTI,
            List.of(keys.busRate(subscription)),
            Integer.toString(wanted),
            rate.interval(),
            Integer.toString(rate.burst()));
    return new Left(
        left.get(0).intValue(),
        left.get(1).intValue(),
        Duration.of(left.get(2), ChronoUnit.MICROS));
  }

  /**
   * When the next delivery of a subscription may begin.
   *
   * @param rate as its route says it, or null for none
   * @return null when it may at once, or when Redis can't say
   */
  public @Nullable Instant nextAt(String subscription, @Nullable String rate) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (connection == null || rate == null) {
      return null;
    }
    try {
      Duration wait = take(subscription, Rate.parse(rate), 0).after();
      return wait.isZero() ? null : clock.instant().plus(wait);
    } catch (RedisException | IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * An answer.
   *
   * @param granted how many of those wanted may begin
   * @param free how many more could
   * @param after the time until one more can; nothing, if one can now
   */
  record Left(int granted, int free, Duration after) {}
}
