package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** How long is the wait before a retry? */
class BackoffTest {

  private final Backoff backoff = new Backoff(new Random(1));

  @Property(tries = 500)
  void neverNegativeAndNeverAboveTheCapOrTheDoubledFirstWait(
      @ForAll @LongRange(max = 86_400_000) long first,
      @ForAll @LongRange(max = 31_536_000_000L) long more,
      @ForAll @IntRange(min = 1, max = 10_000) int attempt) {
    Duration cap = Duration.ofMillis(first + more);
    Duration delay = backoff.delay(Duration.ofMillis(first), cap, attempt);
    assertThat(delay).isBetween(Duration.ZERO, cap);
    double doubled = Math.max(1, first) * Math.pow(2, attempt - 1);
    assertThat((double) delay.toMillis()).isLessThanOrEqualTo(doubled);
  }

  @Test
  void anythingBetweenNothingAndItsEnd() {
    Set<Long> seen = new TreeSet<>();
    for (int i = 0; i < 1_000; i++) {
      seen.add(backoff.delay(Duration.ofMillis(4), Duration.ofMillis(1_000), 2).toMillis());
    }
    assertThat(seen).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }
}
