package dev.serai.redis;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small values under names, shared by all hubs. Commands that may be repeated are, when the
 * connection fails: see {@code serai.redis.retries}. All values expire.
 */
public final class Store {

  private final AsyncStore async;
  private final Retry retry;
  private final Keys keys;
  private final Redis redis;
  private final Connections connections;

  Store(Redis redis, Keys keys, Connections connections, RedisSettings settings) {
    this.async = new AsyncStore(redis, keys);
    this.retry = new Retry(settings);
    this.keys = keys;
    this.redis = redis;
    this.connections = connections;
  }

  /** The same without waiting, and without trying again. */
  public AsyncStore async() {
    return async;
  }

  /** Several commands at once. */
  public Pipeline pipeline() {
    return new Pipeline(redis, keys, connections);
  }

  /** The value of a name, or null. */
  public @Nullable String get(String name) {
    return retry.repeatable(() -> async.get(name)).orElse(null);
  }

  /**
   * @param ttl how long it is kept, 1 ms to 30 days
   */
  public void set(String name, String value, Duration ttl) {
    retry.repeatable(() -> async.set(name, value, ttl));
  }

  /** Sets a value and tells the one before, or null. */
  public @Nullable String getAndSet(String name, String value, Duration ttl) {
    return retry.once(() -> async.getAndSet(name, value, ttl)).orElse(null);
  }

  /**
   * Sets a value if the name has the expected one.
   *
   * @param expected null, if it must have none
   * @return whether it was set
   */
  public boolean compareAndSet(String name, @Nullable String expected, String value, Duration ttl) {
    return retry.once(() -> async.compareAndSet(name, expected, value, ttl));
  }

  /**
   * Adds to a number, which begins at 0.
   *
   * @param ttl of a number that begins; one that is there keeps its own
   * @return the sum
   */
  public long increment(String name, long by, Duration ttl) {
    return retry.once(() -> async.increment(name, by, ttl));
  }

  /** Takes from a number, which begins at 0. */
  public long decrement(String name, long by, Duration ttl) {
    return increment(name, Math.negateExact(by), ttl);
  }

  /** Whether there was one. */
  public boolean delete(String name) {
    return retry.repeatable(() -> async.delete(name));
  }

  public boolean exists(String name) {
    return retry.repeatable(() -> async.exists(name));
  }

  /** Lets a value expire after this time from now; whether there is one. */
  public boolean expire(String name, Duration ttl) {
    return retry.repeatable(() -> async.expire(name, ttl));
  }

  /** How long the value will be there, if there is one. */
  public Optional<Duration> ttl(String name) {
    return retry.repeatable(() -> async.ttl(name));
  }
}
