package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many deliveries may be claimed while requests wait for their commit? */
class YieldTest {

  private final AtomicInteger waiting = new AtomicInteger();

  @Test
  void allWhileFewWait() throws Exception {
    Yield yield = new Yield(waiting::get, 8, 500);
    waiting.set(8);
    assertThat(yield.grant(37)).isEqualTo(37);
  }

  @Test
  void theFloorAndNotMoreWhileManyWait() throws Exception {
    int floor = 1_000;
    Yield yield = new Yield(waiting::get, 8, floor);
    waiting.set(9);
    long begin = System.nanoTime();
    int granted = 0;
    while (granted < 300) {
      granted += yield.grant(64);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    // What a calm moment has saved up is two groups at most.
    assertThat(granted).isLessThanOrEqualTo((int) (seconds * floor) + 16 + 1);
  }

  @Test
  void evenOneIsGrantedInTheEnd() throws Exception {
    Yield yield = new Yield(waiting::get, 0, 500);
    waiting.set(1_000);
    int granted = 0;
    while (granted == 0) {
      granted = yield.grant(1);
    }
    assertThat(granted).isEqualTo(1);
  }

  @Test
  void allAgainAMomentAfterThePressureIsGone() throws Exception {
    Yield yield = new Yield(waiting::get, 8, 1_000);
    waiting.set(9);
    assertThat(yield.grant(64)).isLessThan(64);
    waiting.set(0);
    await().until(() -> yield.grant(64) == 64);
  }
}
