package dev.serai.bus;

import dev.serai.event.Places;
import dev.serai.event.Subscription;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says how many deliveries of a subscription may be claimed, as far as its receiver is concerned.
 */
final class Gate {

  private static final Duration WAIT = Duration.ofMillis(250);

  private final Subscription subscription;
  private final Breaker breaker;
  private final Throttle throttle;
  private final @Nullable Places places;
  private final Engine engine;

  Gate(
      Subscription subscription,
      Breaker breaker,
      Throttle throttle,
      @Nullable Places places,
      Engine engine) {
    this.subscription = subscription;
    this.breaker = breaker;
    this.throttle = throttle;
    this.places = places;
    this.engine = engine;
  }

  Breaker breaker() {
    return breaker;
  }

  /** What a claim shares with other subscriptions, or null for nothing. */
  @Nullable Places places() {
    return places;
  }

  /**
   * How many of the wanted deliveries may be claimed now; waits a moment before it says none. While
   * the breaker is open it claims the probe itself, when that is due.
   */
  int room(int wanted, Refill refill, Claims claims) throws SQLException, InterruptedException {
    if (!breaker.isOpen()) {
      return throttle.room(wanted);
    }
    if (wanted > 0 && breaker.isProbeDue()) {
      probe(refill, claims);
    }
    TimeUnit.NANOSECONDS.sleep(WAIT.toNanos());
    engine.guards().metrics().held(subscription.name(), "breaker", WAIT);
    return 0;
  }

  /** Not by a hint: nothing is hinted while the breaker is open. */
  private void probe(Refill refill, Claims claims) throws SQLException, InterruptedException {
    UUID next = refill.next();
    if (next == null || throttle.room(1) == 0 || !breaker.takeProbe(next)) {
      return;
    }
    int claimed = 0;
    try {
      claimed = claims.claim(List.of(next));
    } finally {
      if (claimed == 0) {
        breaker.giveProbeBack();
      }
    }
  }

  /** Takes room for these; those that found none are left out. */
  List<UUID> take(List<UUID> events) {
    return events.subList(0, Math.min(events.size(), throttle.take(events.size())));
  }

  /** Some that took room could not be claimed. */
  void giveBack(int unused) {
    throttle.giveBack(unused);
  }
}
