package dev.serai.bus;

import dev.serai.event.Turns;
import dev.serai.redis.Locks;
import dev.serai.redis.RedisUnavailableException;
import io.lettuce.core.RedisException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns by a lock that is held until its time is over. Without Redis each hub has its own. */
final class LockedTurns implements Turns {

  private static final Logger log = LoggerFactory.getLogger(LockedTurns.class);

  private final Locks locks;

  LockedTurns(Locks locks) {
    this.locks = locks;
  }

  @Override
  public boolean take(String work, Duration time) {
    try {
      return locks.tryAcquire("maintenance:" + work, time).isPresent();
    } catch (RedisException | RedisUnavailableException e) {
      log.debug("Each hub does '{}', because Redis can't say whose turn it is", work);
      return true;
    }
  }
}
