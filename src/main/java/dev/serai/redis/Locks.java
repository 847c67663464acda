package dev.serai.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Locks over all hubs. Each time one is taken it gets a token greater than all before: what the
 * lock guards refuses smaller ones, because a holder that stood still for longer than its time does
 * not know that another holds the lock now. Losing Redis loses locks; only the token makes that
 * safe.
 */
public final class Locks {

  /** A lock that nobody extends ends after a day at the latest. */
  static final Duration LONGEST = Duration.ofDays(1);

  private static final Script ACQUIRE = Script.of("lock-acquire");
  private static final String TOKEN_MILLIS = Long.toString(LONGEST.multipliedBy(2).toMillis());

  private final Redis redis;
  private final Keys keys;

  Locks(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /**
   * Takes a lock if nobody holds it.
   *
   * @param ttl after which it ends by itself, 1 ms to a day
   * @throws RedisUnavailableException while Redis can't be reached
   */
  public Optional<HeldLock> tryAcquire(String resource, Duration ttl) {
    String name = Checks.name("resource", resource);
    long millis = Checks.millis("ttl", ttl, LONGEST);
    HeldLock lock = new HeldLock(redis, keys.lock(name), name, UUID.randomUUID().toString(), ttl);
    String token;
    try {
      token =
          ACQUIRE.run(
              redis.require(),
              ScriptOutputType.VALUE,
              List.of(keys.lock(name), keys.lockToken(name)),
              lock.owner(),
              Long.toString(millis),
              TOKEN_MILLIS);
    } catch (RedisException e) {
      lock.releaseQuietly(); // It may have been taken, with only the answer lost.
      throw e;
    }
    return token.isEmpty() ? Optional.empty() : Optional.of(lock.with(Long.parseLong(token)));
  }

  /**
   * Takes a lock, waiting while others hold it.
   *
   * @param ttl after which it ends by itself
   * @param timeout how long to wait
   * @param retryDelay how long to wait, give or take half of it, before asking again
   * @throws LockTimeoutException when others held it all that time
   * @throws RedisUnavailableException while Redis can't be reached
   */
  public HeldLock acquire(String resource, Duration ttl, Duration timeout, Duration retryDelay)
      throws InterruptedException {
    if (timeout.isNegative()) {
      throw new InvalidValueException("timeout", "is negative; it must be 0 or more");
    }
    long delay = Checks.millis("retryDelay", retryDelay);
    long begin = System.nanoTime();
    while (true) {
      Optional<HeldLock> lock = tryAcquire(resource, ttl);
      if (lock.isPresent()) {
        return lock.get();
      }
      long left = timeout.toMillis() - (System.nanoTime() - begin) / 1_000_000;
      if (left <= 0) {
        throw new LockTimeoutException(resource, timeout);
      }
      long pause = delay / 2 + ThreadLocalRandom.current().nextLong(delay + 1);
      Thread.sleep(Math.clamp(pause, 1, left));
    }
  }
}
