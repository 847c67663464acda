package dev.serai.redis;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisLoadingException;
import io.lettuce.core.RedisReadOnlyException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Waits for commands, and tries again those that may be repeated while the connection fails. */
final class Retry {

  private final int retries;
  private final Duration backoff;

  Retry(RedisSettings settings) {
    this.retries = settings.retries();
    this.backoff = settings.backoff();
  }

  /** For a command that does the same when it is done twice. */
  <T> T repeatable(Supplier<CompletionStage<T>> command) {
    for (int i = 0; ; i++) {
      try {
        return await(command.get());
      } catch (RedisUnavailableException | RedisException e) {
        if (i >= retries || !mayPass(e)) {
          throw e;
        }
        pause(i);
      }
    }
  }

  /** For any other: it is sent once or, while there is no connection, not at all. */
  <T> T once(Supplier<CompletionStage<T>> command) {
    for (int i = 0; ; i++) {
      CompletionStage<T> sent;
      try {
        sent = command.get();
      } catch (RedisUnavailableException e) {
        if (i >= retries) {
          throw e;
        }
        pause(i);
        continue;
      }
      return await(sent);
    }
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** Redis that has refused will refuse again, unless it is about to be ready. */
  private static boolean mayPass(RuntimeException failure) {
    return !(failure instanceof RedisCommandExecutionException)
        || failure instanceof RedisLoadingException
        || failure instanceof RedisBusyException
        || failure instanceof RedisReadOnlyException;
  }

  private void pause(int before) {
    long most = backoff.toMillis() << Math.min(before, 10);
    pause(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
  }

  /** Waits so many milliseconds; whoever is interrupted gets no answer any more. */
  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisUnavailableException("interrupted");
    }
  }
}
