package dev.serai.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock that was taken; closing it gives it back, if it is still its owner's. */
public final class HeldLock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(HeldLock.class);
  private static final Script RELEASE = Script.of("lock-release");
  private static final Script EXTEND = Script.of("lock-extend");

  private final Redis redis;
  private final String key;
  private final String resource;
  private final String owner;
  private final Duration ttl;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile long token;
  private volatile boolean lost;

  HeldLock(Redis redis, String key, String resource, String owner, Duration ttl) {
    this.redis = redis;
    this.key = key;
    this.resource = resource;
    this.owner = owner;
    this.ttl = ttl;
  }

  HeldLock with(long number) {
    token = number;
    return this;
  }

  String owner() {
    return owner;
  }

  /** Greater than that of everyone who held it before; give it to what the lock guards. */
  public long token() {
    return token;
  }

  /**
   * Keeps it for this time from now.
   *
   * @return false if it is no longer this owner's
   */
  public boolean extend(Duration time) {
    long millis = Checks.millis("ttl", time, Locks.LONGEST);
    Long done =
        EXTEND.run(
            redis.require(), ScriptOutputType.INTEGER, List.of(key), owner, Long.toString(millis));
    lost |= done == 0;
    return done == 1;
  }

  /** Extends it by itself until it is closed or lost. */
  public HeldLock keepAlive() {
    Thread.ofVirtual().name("lock-" + resource).start(this::extendUntilClosed);
    return this;
  }

  private void extendUntilClosed() {
    try {
      while (!closed.await(ttl.toMillis() / 3, TimeUnit.MILLISECONDS)) {
        try {
          if (!extend(ttl)) {
            log.warn("The lock of '{}' was lost while it was used", resource);
            return;
          }
        } catch (RedisException | RedisUnavailableException e) {
          log.debug("The lock of '{}' is extended later: {}", resource, e.getMessage());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether it is known to be another's; false does not mean that it is still held. */
  public boolean isLost() {
    return lost;
  }

  /**
   * Gives it back.
   *
   * @return false if it was no longer this owner's, and so was left alone
   */
  public boolean release() {
    closed.countDown();
    Long done = RELEASE.run(redis.require(), ScriptOutputType.INTEGER, List.of(key), owner);
    return done == 1;
  }

  /** Leaves it to its time if Redis can't be asked. */
  void releaseQuietly() {
    try {
      release();
    } catch (RedisException | RedisUnavailableException e) {
      log.debug("The lock of '{}' ends by its time: {}", resource, e.getMessage());
    }
  }

  @Override
  public void close() {
    releaseQuietly();
  }
}
