package dev.serai.api;

import dev.serai.redis.Condition;
import dev.serai.redis.Expiries;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.ServerInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Redis, and the hub's keys there. */
@RestController
@RequestMapping("/api/v1/redis")
class RedisController {

  private static final int MOST = 1_000;

  private final Redis redis;
  private final Keys keys;
  private final Expiries expiries;

  RedisController(Redis redis, Keys keys, Expiries expiries) {
    this.redis = redis;
    this.keys = keys;
    this.expiries = expiries;
  }

  /** Tells how Redis is. */
  @GetMapping
  Info info() {
    Condition condition = redis.condition();
    ServerInfo server = redis.info();
    return new Info(
        keys.prefix(),
        server.text("redis_version"),
        condition.problem(),
        condition.details().get("latency_ms") instanceof Double latency ? latency : 0,
        (long) server.number("used_memory"),
        (long) server.number("maxmemory"),
        server.text("maxmemory_policy"),
        server.keys(),
        (long) server.number("connected_clients"),
        (long) server.number("instantaneous_ops_per_sec"),
        (long) server.number("evicted_keys"));
  }

  /**
   * Looks through the hub's keys for those that have no expiry although they should. Takes about a
   * second for each hundred thousand keys; Redis serves others meanwhile.
   *
   * @param limit most keys to name, 1 to 1000
   */
  @GetMapping("/keys-without-ttl")
  WithoutEnd keysWithoutTtl(@RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MOST) {
      throw Problem.badRequest(
          "Parameter 'limit' is %s; it must be 1 to %s".formatted(limit, MOST));
    }
    Expiries.Report report = expiries.withoutEnd(limit);
    return new WithoutEnd(report.looked(), report.lasting(), report.found(), report.keys());
  }

  /**
   * How Redis is.
   *
   * @param prefix what the hub's keys begin with
   * @param version of the server
   * @param problem what an operator must mend; missing, if nothing
   * @param latencyMs how long a PING took, in milliseconds
   * @param memory bytes that it uses
   * @param maxMemory bytes that it may use; 0 for any number
   * @param evictionPolicy what it does when it is full
   * @param keys keys of all databases, also those of others
   * @param connections of all clients
   * @param operationsPerSecond of all clients
   * @param evicted keys that it threw away for want of memory, since it started
   */
  record Info(
      String prefix,
      String version,
      @Nullable String problem,
      double latencyMs,
      long memory,
      long maxMemory,
      String evictionPolicy,
      long keys,
      long connections,
      long operationsPerSecond,
      long evicted) {}

  /**
   * Keys that never end.
   *
   * @param looked keys of the hub that were looked at
   * @param lasting those of them that are meant to have no end
   * @param found those that should have one and have none
   * @param keys the first of these
   */
  record WithoutEnd(long looked, long lasting, long found, List<String> keys) {}
}
