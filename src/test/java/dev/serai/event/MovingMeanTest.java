package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many have lately waited? */
class MovingMeanTest {

  private static final long SPAN = Duration.ofMillis(100).toNanos();

  private final MovingMean mean = new MovingMean(Duration.ofNanos(SPAN), 0);

  @Test
  void noneBeforeAnyCame() {
    assertThat(mean.mean(5 * SPAN)).isZero();
  }

  @Test
  void manyWhoStayCountForWhatTheyAre() {
    mean.add(30, 0);
    assertThat(mean.mean(SPAN / 10)).isLessThan(3);
    assertThat(mean.mean(10 * SPAN)).isCloseTo(30, within(0.01));
    assertThat(mean.value()).isEqualTo(30);
  }

  @Test
  void manyWhoAreSoonGoneCountForLittle() {
    for (long now = 0; now < 10 * SPAN; now += SPAN / 10) {
      mean.add(30, now);
      mean.add(-30, now + SPAN / 100);
    }
    assertThat(mean.mean(10 * SPAN)).isBetween(2.0, 4.0);
  }

  @Test
  void whoLeavesIsForgottenSoon() {
    mean.add(30, 0);
    mean.add(-30, 10 * SPAN);
    assertThat(mean.mean(11 * SPAN)).isCloseTo(30 / Math.E, within(0.1));
    assertThat(mean.mean(20 * SPAN)).isLessThan(0.01);
  }

  @Test
  void aClockThatTwoThreadsReadInAnotherOrderDoesNoHarm() {
    mean.add(10, SPAN);
    mean.add(10, SPAN - 1);
    assertThat(mean.mean(0)).isBetween(0.0, 20.0);
  }
}
