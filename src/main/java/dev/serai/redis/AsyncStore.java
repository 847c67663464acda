package dev.serai.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Small values under names, without waiting: the blocking {@link Store} does the same. All of them
 * expire.
 */
public final class AsyncStore {

  private static final Script INCREMENT = Script.of("store-increment");
  private static final Script GET_AND_SET = Script.of("store-get-and-set");
  private static final Script COMPARE_AND_SET = Script.of("store-compare-and-set");

  private final Redis redis;
  private final Keys keys;

  AsyncStore(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** The value of a name, if it has one. */
  public CompletionStage<Optional<String>> get(String name) {
    return commands().get(key(name)).thenApply(Optional::ofNullable);
  }

  public CompletionStage<Void> set(String name, String value, Duration ttl) {
    return commands().set(key(name), value, expiry(ttl)).thenAccept(done -> {});
  }

  /** Sets a value and tells the one before. */
  public CompletionStage<Optional<String>> getAndSet(String name, String value, Duration ttl) {
    CompletionStage<List<String>> before =
        GET_AND_SET.start(
            redis.require(),
            ScriptOutputType.MULTI,
            List.of(key(name)),
            value,
            Long.toString(Checks.millis("ttl", ttl)));
    return before.thenApply(found -> found.stream().findFirst());
  }

  /**
   * Sets a value if the name has the expected one.
   *
   * @param expected null, if it must have none
   * @return whether it was set
   */
  public CompletionStage<Boolean> compareAndSet(
      String name, @Nullable String expected, String value, Duration ttl) {
    CompletionStage<Long> set =
        COMPARE_AND_SET.start(
            redis.require(),
            ScriptOutputType.INTEGER,
            List.of(key(name)),
            expected == null ? "absent" : "value",
            expected == null ? "" : expected,
            value,
            Long.toString(Checks.millis("ttl", ttl)));
    return set.thenApply(done -> done == 1);
  }

  /**
   * Adds to a number, which begins at 0.
   *
   * @param by may be negative
   * @param ttl of a number that begins; one that is there keeps its own
   * @return the sum
   */
  public CompletionStage<Long> increment(String name, long by, Duration ttl) {
    return INCREMENT.start(
        redis.require(),
        ScriptOutputType.INTEGER,
        List.of(key(name)),
        Long.toString(by),
        Long.toString(Checks.millis("ttl", ttl)));
  }

  /** Whether there was one. */
  public CompletionStage<Boolean> delete(String name) {
    return commands().del(key(name)).thenApply(count -> count > 0);
  }

  public CompletionStage<Boolean> exists(String name) {
    return commands().exists(key(name)).thenApply(count -> count > 0);
  }

  /** Lets a value expire after this time from now; whether there is one. */
  public CompletionStage<Boolean> expire(String name, Duration ttl) {
    return commands().pexpire(key(name), Checks.millis("ttl", ttl)).thenApply(done -> done);
  }

  /** How long the value will be there, if there is one. */
  public CompletionStage<Optional<Duration>> ttl(String name) {
    return commands()
        .pttl(key(name))
        .thenApply(left -> left < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(left)));
  }

  private RedisAsyncCommands<String, String> commands() {
    return redis.require().async();
  }

  private String key(String name) {
    return keys.store(Checks.name("key", name));
  }

  static SetArgs expiry(Duration ttl) {
    return SetArgs.Builder.px(Checks.millis("ttl", ttl));
  }
}
