package dev.serai.bus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds one subscription's deliveries back to its rate; they stay ready meanwhile. */
final class Throttle {

  /** How soon a lane notices that it is to stop, or that another hub gave something back. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  private final String subscription;
  private final @Nullable Rate rate;
  private final Guards guards;

  Throttle(String subscription, @Nullable Rate rate, Guards guards) {
    this.subscription = subscription;
    this.rate = rate;
    this.guards = guards;
  }

  /**
   * How many of the wanted deliveries the rate has room for; waits a moment before it says none.
   * Nothing is taken yet: a hub without hints must not hold what another could use.
   */
  int room(int wanted) throws InterruptedException {
    if (rate == null || wanted == 0) {
      return wanted;
    }
    Rates.Left left = guards.rates().take(subscription, rate, 0);
    if (left.free() > 0) {
      return Math.min(wanted, left.free());
    }
    Duration wait = left.after().compareTo(LONGEST_WAIT) < 0 ? left.after() : LONGEST_WAIT;
    TimeUnit.NANOSECONDS.sleep(wait.toNanos());
    guards.metrics().held(subscription, "rate", wait);
    return 0;
  }

  /** Takes the deliveries that are about to be claimed; fewer, if another hub was quicker. */
  int take(int wanted) {
    return rate == null ? wanted : guards.rates().take(subscription, rate, wanted).granted();
  }

  /** Gives back what turned out not to be claimable. */
  void giveBack(int unused) {
    if (rate != null && unused > 0) {
      guards.rates().take(subscription, rate, -unused);
    }
  }
}
