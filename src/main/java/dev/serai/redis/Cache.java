package dev.serai.redis;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values by workspace and key that all hubs share. What is missing is computed once in the whole
 * cluster, however many ask for it at the same time. While Redis can't be used values are computed
 * each time; what was set is then not there.
 */
public final class Cache {

  private static final Script PUT = Script.of("cache-put");

  private final Redis redis;
  private final Keys keys;
  private final CacheSettings settings;
  private final Computations computations;

  Cache(Redis redis, Keys keys, CacheSettings settings, MeterRegistry registry) {
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
    this.computations = new Computations(redis, keys, settings, registry);
  }

  /**
   * The value of a key, or null.
   *
   * @throws RedisUnavailableException while Redis can't be reached
   */
  public @Nullable String get(String workspace, String key) {
    Place place = place(workspace, key);
    var commands = redis.require().async();
    var generation = commands.hget(keys.cacheGenerations(), workspace);
    String value = Retry.await(commands.get(place.key()));
    String now = Retry.await(generation);
    String text = CachedValue.inGeneration(value, now == null ? "0" : now);
    return text == null ? null : CachedValue.value(text);
  }

  /** Keeps a value for as long as {@code serai.cache.ttl} says. */
  public void put(String workspace, String key, String value) {
    put(workspace, key, value, settings.ttl());
  }

  /**
   * Keeps a value.
   *
   * @param ttl how long, 1 ms to 30 days
   * @throws RedisUnavailableException while Redis can't be reached
   */
  public void put(String workspace, String key, String value, Duration ttl) {
    Place place = place(workspace, key);
    long millis = Checks.millis("ttl", ttl);
    Long ignored =
        PUT.run(
            redis.require(),
            io.lettuce.core.ScriptOutputType.INTEGER,
            List.of(place.key(), keys.cacheGenerations()),
            workspace,
            CachedValue.text(value, settings),
            Long.toString(CachedValue.jittered(millis, settings)));
  }

  /** Forgets a value; whether there was one. */
  public boolean delete(String workspace, String key) {
    return redis.require().sync().del(place(workspace, key).key()) > 0;
  }

  /**
   * Forgets all values of a workspace, in the same time however many there are: they are of an
   * older generation from then on, and Redis drops each when its time has come.
   */
  public void clear(String workspace) {
    redis.require().sync().hincrby(keys.cacheGenerations(), Checks.name("workspace", workspace), 1);
  }

  /** The same with {@code serai.cache.ttl}. */
  public @Nullable String getOrCompute(
      String workspace, String key, Supplier<? extends @Nullable String> computation) {
    return getOrCompute(workspace, key, settings.ttl(), computation);
  }

  /**
   * The value of a key; if it is missing, what the computation says, which is then kept. Whoever
   * asks meanwhile, on any hub, waits for it. A failure reaches all of them and is not kept; that
   * there is none (null) is kept for {@code serai.cache.absent}.
   *
   * @throws ComputationFailedException when it failed on another hub; here, its own exception
   */
  public @Nullable String getOrCompute(
      String workspace,
      String key,
      Duration ttl,
      Supplier<? extends @Nullable String> computation) {
    return computations.get(place(workspace, key), Checks.millis("ttl", ttl), computation);
  }

  private Place place(String workspace, String key) {
    Checks.name("workspace", workspace);
    Checks.name("key", key);
    return new Place(workspace, keys.cache(workspace, key), keys.cacheComputation(workspace, key));
  }

  /**
   * Where a value is.
   *
   * @param key of the value
   * @param computation key of the one who computes it
   */
  record Place(String workspace, String key, String computation) {}
}
