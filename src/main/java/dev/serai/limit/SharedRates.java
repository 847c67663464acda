package dev.serai.limit;

import dev.serai.flag.Flags;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hub's own rates over all hubs, for whoever must go on without Redis: there is no answer while
 * Redis is away or slow, and the caller then counts by itself.
 */
public final class SharedRates {

  /** The flag by which an operator takes single subjects, or all, off Redis. */
  static final String FLAG = "serai.shared-rates";

  private static final Logger log = LoggerFactory.getLogger(SharedRates.class);
  private static final Duration PATIENCE = Duration.ofMillis(200);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SlidingWindow window = new SlidingWindow();
  private final Redis redis;
  private final Keys keys;
  private final Flags flags;
  private final MeterRegistry registry;
  private volatile long pausedUntil = System.nanoTime();

  SharedRates(Redis redis, Keys keys, Flags flags, MeterRegistry registry) {
    this.redis = redis;
    this.keys = keys;
    this.flags = flags;
    this.registry = registry;
    counter(Scope.API);
    counter(Scope.WEBHOOKS);
  }

  /** What of the hub is limited. */
  public enum Scope {
    /** Requests of the API, by key. */
    API("api"),
    /** Webhooks, by source. */
    WEBHOOKS("webhooks");

    private final String word;

    Scope(String word) {
      this.word = word;
    }
  }

  /**
   * Whether a limit can be shared: a log has an entry for each request.
   *
   * @param limit most in any window
   */
  public static boolean isShareable(int limit) {
    return limit <= SlidingWindow.MAX_LIMIT;
  }

  /** The window in which a steady rate makes up a burst. */
  public static Duration window(int rate, int burst) {
    return Duration.ofNanos(burst * 1_000_000_000L / rate);
  }

  /**
   * Counts a request if it is allowed.
   *
   * @param rate requests a second
   * @param burst most at once: no more than these within the time in which the rate makes them up
   * @return empty when this hub must judge alone
   */
  public Optional<RateUse> use(Scope scope, String subject, int rate, int burst) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (!flags.isOn(FLAG, subject, null, true)) {
      return Optional.empty();
    }
    if (connection == null || System.nanoTime() - pausedUntil < 0) {
      counter(scope).increment();
      return Optional.empty();
    }
    SlidingWindow.Ask ask = new SlidingWindow.Ask(burst, window(rate, burst), 1, true);
    String key = keys.rate(scope.word + "." + subject, "serai." + scope.word);
    try {
      return Optional.of(
          window
              .start(connection, key, ask)
              .toCompletableFuture()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException | RedisException e) {
      pausedUntil = System.nanoTime() + PAUSE.toNanos();
      log.warn("Rates are counted by this hub alone for a moment: {}", Redis.rootMessage(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    counter(scope).increment();
    return Optional.empty();
  }

  private Counter counter(Scope scope) {
    return Counter.builder("serai.rates.alone")
        .description("Requests whose shared rate this hub judged alone, because Redis was away")
        .tag("scope", scope.word)
        .register(registry);
  }
}
