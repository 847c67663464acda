package dev.serai.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Several commands on the names of the {@link Store}, sent one behind the other without waiting for
 * answers. Each has a result of its own.
 */
public final class Pipeline {

  private final Redis redis;
  private final Keys keys;
  private final Connections connections;
  private final List<Function<RedisAsyncCommands<String, String>, CompletionStage<?>>> commands =
      new ArrayList<>();

  Pipeline(Redis redis, Keys keys, Connections connections) {
    this.redis = redis;
    this.keys = keys;
    this.connections = connections;
  }

  public Pipeline get(String name) {
    String key = key(name);
    return add(redis -> redis.get(key));
  }

  public Pipeline set(String name, String value, Duration ttl) {
    String key = key(name);
    long millis = Checks.millis("ttl", ttl);
    return add(redis -> redis.psetex(key, millis, value));
  }

  /**
   * Adds to a number, which begins at 0.
   *
   * @param ttl of a number that begins; one that is there keeps its own
   */
  public Pipeline increment(String name, long by, Duration ttl) {
    String key = key(name);
    SetArgs absent = AsyncStore.expiry(ttl).nx();
    return add(
        redis -> {
          redis.set(key, "0", absent);
          return redis.incrby(key, by);
        });
  }

  public Pipeline expire(String name, Duration ttl) {
    String key = key(name);
    long millis = Checks.millis("ttl", ttl);
    return add(redis -> redis.pexpire(key, millis));
  }

  public Pipeline delete(String name) {
    String key = key(name);
    return add(redis -> redis.del(key));
  }

  private Pipeline add(Function<RedisAsyncCommands<String, String>, CompletionStage<?>> command) {
    commands.add(command);
    return this;
  }

  private String key(String name) {
    return keys.store(Checks.name("key", name));
  }

  /** Runs them; others' commands may come between. One that fails doesn't stop the next. */
  public List<Result> run() {
    return results(send(redis.require()));
  }

  /**
   * Runs them as one: nothing comes between, and either all are run or none is. One that fails when
   * it runs (such as adding to a text) has its error; the others are done all the same.
   *
   * @throws RedisUnavailableException when it is not known whether they were run, too
   */
  public List<Result> transact() {
    return connections.with(
        connection -> {
          var multi = connection.async().multi();
          List<CompletionStage<?>> sent = send(connection);
          var exec = connection.async().exec();
          Retry.await(multi);
          try {
            Retry.await(exec);
          } catch (RedisException e) {
            throw new RedisUnavailableException("the transaction failed: " + Redis.rootMessage(e));
          }
          return results(sent);
        });
  }

  private List<CompletionStage<?>> send(StatefulRedisConnection<String, String> connection) {
    List<CompletionStage<?>> sent = new ArrayList<>();
    for (var command : commands) {
      sent.add(command.apply(connection.async()));
    }
    return sent;
  }

  private static List<Result> results(List<CompletionStage<?>> sent) {
    List<Result> results = new ArrayList<>();
    for (CompletionStage<?> one : sent) {
      try {
        results.add(new Result(Retry.await(one), null));
      } catch (RedisException e) {
        results.add(new Result(null, Redis.rootMessage(e)));
      }
    }
    return results;
  }

  /**
   * What became of one command.
   *
   * @param value what Redis answered; null, if that was nothing
   * @param error why it failed, or null
   */
  public record Result(@Nullable Object value, @Nullable String error) {}
}
