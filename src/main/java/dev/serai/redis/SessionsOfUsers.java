package dev.serai.redis;

import io.lettuce.core.Range;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which sessions a user has, and the end of them. */
final class SessionsOfUsers {

  private final Redis redis;
  private final Keys keys;
  private final Clock clock;
  private final Consumer<SessionChange> listener;

  SessionsOfUsers(Redis redis, Keys keys, Clock clock, Consumer<SessionChange> listener) {
    this.redis = redis;
    this.keys = keys;
    this.clock = clock;
    this.listener = listener;
  }

  /** The ids of those whose latest end has not come; some may have ended before. */
  List<String> ids(String user) {
    return redis
        .require()
        .sync()
        .zrangebyscore(
            keys.sessionsOf(Checks.name("user", user)),
            Range.from(Range.Boundary.excluding(clock.millis()), Range.Boundary.unbounded()));
  }

  void endOldest(String user, long count) {
    end(user, null, redis.require().sync().zrange(keys.sessionsOf(user), 0, count - 1));
  }

  /**
   * Ends these; how many were alive. First the sessions: what fails half-way can be asked for
   * again.
   */
  long end(String user, @Nullable String workspace, List<String> ids) {
    if (ids.isEmpty()) {
      return 0;
    }
    var commands = redis.require().sync();
    long ended = commands.unlink(ids.stream().map(keys::session).toArray(String[]::new));
    commands.zrem(keys.sessionsOf(user), ids.toArray(String[]::new));
    ids.forEach(id -> listener.accept(new SessionChange("revoked", id, user, workspace)));
    return ended;
  }
}
