package dev.serai.redis;

import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.springframework.scheduling.annotation.Scheduled;

/** Redis as the hub sees it, asked every ten seconds; NaN while it can't be asked. */
final class RedisMetrics {

  private static final Reading NONE = new Reading(new ServerInfo(Map.of()), Double.NaN);

  private final Redis redis;
  private volatile Reading last = NONE;

  RedisMetrics(Redis redis, MeterRegistry registry) {
    this.redis = redis;
    gauge(
        registry,
        "serai.redis.up",
        "1 while Redis answers, else 0",
        reading -> reading == NONE ? 0 : 1);
    gauge(registry, "serai.redis.latency.seconds", "How long a PING took", Reading::latency);
    number(registry, "serai.redis.memory.bytes", "Memory that Redis uses", "used_memory");
    number(
        registry,
        "serai.redis.memory.max.bytes",
        "Memory that Redis may use; 0 for any",
        "maxmemory");
    number(registry, "serai.redis.connections", "Connections of all clients", "connected_clients");
    number(
        registry,
        "serai.redis.operations.per.second",
        "Commands a second, of all clients",
        "instantaneous_ops_per_sec");
    number(
        registry,
        "serai.redis.evicted",
        "Keys that Redis threw away for want of memory, since it started",
        "evicted_keys");
    gauge(
        registry,
        "serai.redis.keys",
        "Keys of all databases",
        reading -> reading == NONE ? Double.NaN : reading.info.keys());
  }

  private void number(MeterRegistry registry, String name, String description, String info) {
    gauge(registry, name, description, reading -> reading.info.number(info));
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToDoubleFunction<Reading> value) {
    Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.last))
        .description(description)
        .register(registry);
  }

  @Scheduled(fixedDelay = 10_000)
  void ask() {
    try {
      long begin = System.nanoTime();
      redis.require().sync().ping();
      Duration latency = Duration.ofNanos(System.nanoTime() - begin);
      last = new Reading(redis.info(), latency.toNanos() / 1e9);
    } catch (RedisException | RedisUnavailableException e) {
      last = NONE; // Health says why.
    }
  }

  private record Reading(ServerInfo info, double latency) {}
}
