package dev.serai.webhook;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many requests of a source this hub lets in: a bucket of tokens that fills steadily. It gets
 * at least one each second, so that who is refused may always come again after a second.
 */
final class SourceRate {

  static final int MAX = 1_000_000;

  private final int perSecond;
  private final @Nullable Bucket bucket;

  /**
   * @param perSecond requests a second, 0 for any number
   * @param burst requests at once, after idleness; 0 for twice as many
   */
  SourceRate(int perSecond, int burst) {
    this.perSecond = perSecond;
    this.bucket = perSecond == 0 ? null : bucket(perSecond, burst == 0 ? 2 * perSecond : burst);
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
    if (bucket != null && !bucket.tryConsume(1)) {
      throw new RefusedException(
          Cause.RATE,
          "Source '%s' takes %s requests a second on this hub".formatted(source, perSecond));
    }
  }
}
