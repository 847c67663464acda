package dev.serai.limit;

import dev.serai.redis.Script;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A log of what was taken in the last window, in Redis, judged and written in one round trip. */
final class SlidingWindow {

  /** Each unit may be an entry of its own, of some 27 bytes. */
  static final int MAX_LIMIT = 100_000;

  private final Script script = Script.of("rate");

  RateUse use(StatefulRedisConnection<String, String> redis, String key, Ask ask) {
    return answer(ask, script.run(redis, ScriptOutputType.MULTI, List.of(key), ask.arguments()));
  }

  /** The same without waiting. */
  CompletionStage<RateUse> start(
      StatefulRedisConnection<String, String> redis, String key, Ask ask) {
    CompletionStage<List<Long>> reply =
        script.start(redis, ScriptOutputType.MULTI, List.of(key), ask.arguments());
    return reply.thenApply(numbers -> answer(ask, numbers));
  }

  private static RateUse answer(Ask ask, List<Long> numbers) {
    long now = numbers.get(2);
    return new RateUse(
        numbers.get(0) == 1,
        ask.limit,
        numbers.get(1),
        RateUse.instant(now),
        RateUse.instant(now + numbers.get(3)),
        RateUse.instant(now + numbers.get(4)));
  }

  /**
   * What is asked of a window.
   *
   * @param limit most in any window
   * @param window its length
   * @param cost how much is asked, 1 to the limit
   * @param take whether it is counted when it is allowed
   */
  record Ask(int limit, Duration window, int cost, boolean take) {

    String[] arguments() {
      return new String[] {
        Integer.toString(limit),
        Long.toString(window.dividedBy(ChronoUnit.MICROS.getDuration())),
        Integer.toString(cost),
        take ? "1" : "0"
      };
    }
  }
}
