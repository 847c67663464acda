package dev.serai.webhook;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of a source are let in: a bucket of tokens of this hub's that fills steadily,
 * and behind it, if the source's rate is that of all hubs together, their common count. The bucket
 * refuses nothing that the common count would take, so it spares Redis what is too much for one hub
 * alone, and goes on when there is no Redis.
 */
final class SourceRate {

  static final int MAX = 1_000_000;

  /** Most at once of a rate that hubs share: each is an entry in Redis. */
  static final int MAX_SHARED = 100_000;

  private final int perSecond;
  private final int burst;
  private final @Nullable Bucket bucket;
  private final @Nullable ClusterRate cluster;

  /**
   * @param perSecond requests a second, 0 for any number
   * @param burst requests at once, after idleness; 0 for twice as many
   * @param cluster counts over all hubs; null to count on this one
   */
  SourceRate(int perSecond, int burst, @Nullable ClusterRate cluster) {
    this.perSecond = perSecond;
    this.burst = burst(perSecond, burst);
    this.bucket = perSecond == 0 ? null : bucket(perSecond, this.burst);
    this.cluster = cluster;
  }

  static int burst(int perSecond, int burst) {
    return burst == 0 ? 2 * perSecond : burst;
  }

  private static Bucket bucket(int perSecond, int burst) {
    return Bucket.builder()
        .addLimit(
            Bandwidth.builder()
                .capacity(burst)
                .refillGreedy(perSecond, Duration.ofSeconds(1))
                .build())
        .withNanosecondPrecision()
        .build();
  }

  /** Lets a request of a source in, or throws. */
  void admit(String source) throws RefusedException {
    if (bucket == null) {
      return;
    }
    if (!bucket.tryConsume(1)) {
      throw refusal(source, "this hub");
    }
    if (cluster != null && !cluster.admits(source, perSecond, burst).orElse(true)) {
      bucket.addTokens(1);
      throw refusal(source, "all hubs together");
    }
  }

  private RefusedException refusal(String source, String where) {
    return new RefusedException(
        Cause.RATE,
        "Source '%s' takes %s requests a second on %s".formatted(source, perSecond, where));
  }
}
