package dev.serai.api;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many requests each key may make on this hub: a bucket of tokens that fills steadily. */
final class KeyRates {

  private final int burst;
  private final Bandwidth limit;
  private final TimeMeter time;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  /**
   * @param rate requests a second
   * @param burst requests at once, after idleness
   * @param time nanoseconds that only go forward
   */
  KeyRates(int rate, int burst, TimeMeter time) {
    this.burst = burst;
    this.limit =
        Bandwidth.builder().capacity(burst).refillGreedy(rate, Duration.ofSeconds(1)).build();
    this.time = time;
  }

  Use use(String key) {
    ConsumptionProbe probe =
        buckets
            .computeIfAbsent(
                key, name -> Bucket.builder().addLimit(limit).withCustomTimePrecision(time).build())
            .tryConsumeAndReturnRemaining(1);
    return new Use(
        probe.isConsumed(),
        burst,
        probe.getRemainingTokens(),
        seconds(probe.getNanosToWaitForRefill()),
        seconds(probe.getNanosToWaitForReset()));
  }

  /** Takes back what a request used that was refused elsewhere. */
  void giveBack(String key) {
    Bucket bucket = buckets.get(key);
    if (bucket != null) {
      bucket.addTokens(1);
    }
  }

  /** Rounded up: whoever waits so long finds a token. */
  private static long seconds(long nanos) {
    return Math.ceilDiv(nanos, 1_000_000_000L);
  }

  /**
   * What a request found.
   *
   * @param allowed whether it may go on
   * @param limit tokens of a full bucket
   * @param remaining tokens that are left
   * @param retryAfter seconds until the next token
   * @param reset seconds until the bucket is full
   */
  record Use(boolean allowed, int limit, long remaining, long retryAfter, long reset) {}
}
