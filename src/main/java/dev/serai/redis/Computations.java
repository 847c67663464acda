package dev.serai.redis;

import dev.serai.redis.Cache.Place;
import io.lettuce.core.RedisException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes each missing value once. Within a hub the first who asks goes to Redis, and all others
 * wait for it; in the cluster the first hub computes, and the others wait for it.
 */
final class Computations {

  private static final Logger log = LoggerFactory.getLogger(Computations.class);
  private static final int MOST_POLL_MILLIS = 40;

  private final ComputationTurns turns;
  private final CacheSettings settings;
  private final Map<String, Flight> flights = new ConcurrentHashMap<>();
  private final Counter hits;
  private final Counter computed;
  private final Counter without;

  Computations(Redis redis, Keys keys, CacheSettings settings, MeterRegistry registry) {
    this.turns = new ComputationTurns(redis, keys, settings);
    this.settings = settings;
    this.hits = counter(registry, "hit");
    this.computed = counter(registry, "computed");
    this.without = counter(registry, "without_redis");
  }

  private static Counter counter(MeterRegistry registry, String result) {
    return Counter.builder("serai.cache.values")
        .description("Values that getOrCompute found, waited for or computed")
        .tag("result", result)
        .register(registry);
  }

  @Nullable String get(Place place, long ttl, Supplier<? extends @Nullable String> computation) {
    Flight own = new Flight(Thread.currentThread(), new CompletableFuture<>());
    Flight first = flights.putIfAbsent(place.key(), own);
    if (first != null) {
      // Who asks for a value while computing it would wait for itself.
      return first.thread == own.thread ? computation.get() : await(first);
    }
    try {
      String value = look(place, ttl, computation);
      flights.remove(place.key(), own);
      own.result.complete(Optional.ofNullable(value));
      return value;
    } catch (RuntimeException | Error e) {
      flights.remove(place.key(), own);
      own.result.completeExceptionally(e);
      throw e;
    }
  }

  private @Nullable String await(Flight flight) {
    try {
      String value = flight.result.join().orElse(null);
      hits.increment();
      return value;
    } catch (CompletionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }

  private @Nullable String look(
      Place place, long ttl, Supplier<? extends @Nullable String> computation) {
    String waitedFor = null;
    long begin = System.nanoTime();
    for (int i = 0; ; i++) {
      ComputationTurns.Answer answer;
      try {
        answer = turns.begin(place, waitedFor);
      } catch (RedisException | RedisUnavailableException e) {
        log.debug("A value is computed without the cache: {}", e.getMessage());
        without.increment();
        return computation.get();
      }
      switch (answer.word()) {
        case "value" -> {
          hits.increment();
          return CachedValue.value(answer.text());
        }
        case "failed" -> throw new ComputationFailedException(answer.text());
        case "compute" -> {
          return compute(place, answer, ttl, computation);
        }
        default -> waitedFor = answer.text();
      }
      if (System.nanoTime() - begin > settings.patience().toNanos()) {
        log.warn(
            "A value is computed, too, because its computation takes longer than {}",
            settings.patience());
        computed.increment();
        return computation.get();
      }
      Retry.pause(Math.min(5L * (i + 1), MOST_POLL_MILLIS));
    }
  }

  private @Nullable String compute(
      Place place,
      ComputationTurns.Answer turn,
      long ttl,
      Supplier<? extends @Nullable String> computation) {
    computed.increment();
    try (var lease = turns.hold(place, turn)) {
      String value;
      try {
        value = computation.get();
        String text = CachedValue.text(value, settings);
        long kept = value == null ? Math.min(ttl, settings.absent().toMillis()) : ttl;
        lease.end("value", text, CachedValue.jittered(kept, settings));
      } catch (RuntimeException | Error e) {
        lease.end("failed", Redis.rootMessage(e), settings.lease().toMillis());
        throw e;
      }
      return value;
    }
  }

  /** Who in this hub asks Redis for a value, and what comes of it. */
  private record Flight(Thread thread, CompletableFuture<Optional<String>> result) {}
}
