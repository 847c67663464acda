package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How soon may one go on who has taken all there was? */
class BucketsTest {

  private final ManualTime time = new ManualTime();

  private static final class ManualTime implements TimeMeter {
    private long nanos;

    @Override
    public long currentTimeNanos() {
      return nanos;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }

    void pass(long seconds) {
      nanos += TimeUnit.SECONDS.toNanos(seconds);
    }
  }

  @Test
  void aKeyGetsItsRateBackSteadily() {
    KeyRates rates = new KeyRates(2, 4, time);
    for (int left = 3; left >= 0; left--) {
      assertThat(rates.use("ci")).isEqualTo(new KeyRates.Use(true, 4, left, 0, ceilHalf(4 - left)));
    }
    assertThat(rates.use("ci")).isEqualTo(new KeyRates.Use(false, 4, 0, 1, 2));
    assertThat(rates.use("other").allowed()).isTrue();

    time.pass(1);
    assertThat(rates.use("ci").allowed()).isTrue();
    assertThat(rates.use("ci").allowed()).isTrue();
    assertThat(rates.use("ci").allowed()).isFalse();
    time.pass(3_600);
    assertThat(rates.use("ci").remaining()).isEqualTo(3);
  }

  /** Seconds for so many tokens at two a second. */
  private static long ceilHalf(int tokens) {
    return Math.ceilDiv(tokens, 2);
  }

  @Test
  void anAddressMayGuessAgainLater() {
    FailedKeys failed = new FailedKeys(2, time);
    ApiKey right = new ApiKey("ci", Role.VIEWER);
    assertThat(failed.mayFail("a")).isTrue();
    assertThat(failed.mayFail("a")).isTrue();
    assertThat(failed.mayFail("a")).isFalse();
    assertThat(failed.mayUse("a", right)).isFalse();
    assertThat(failed.mayUse("b", right)).isTrue();

    time.pass(failed.retryAfter());
    assertThat(failed.mayUse("a", right)).isTrue();
    assertThat(failed.mayFail("a")).isTrue();
    assertThat(failed.mayFail("a")).isFalse();
    assertThat(failed.mayUse("a", right)).isTrue();
  }

  @Test
  void addressesThatAreGoneTakeNoMemory() {
    FailedKeys failed = new FailedKeys(1, time);
    failed.mayFail("first");
    for (int i = 0; i < 20_000; i++) {
      failed.mayFail("address " + i);
    }
    // It is forgotten, or it would have to wait.
    assertThat(failed.mayFail("first")).isTrue();
  }
}
