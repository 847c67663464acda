package dev.serai.bus;

import dev.serai.event.BreakerState;
import dev.serai.event.Claimed;
import dev.serai.event.Subscription;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * This hub's view of a subscription's breaker. It opens when different deliveries fail in a row;
 * while it is open nothing is claimed but, from time to time and by one hub of all, one delivery as
 * a probe. What the probe ends with closes it, or lets the pause grow.
 */
final class Breaker {

  /** A hub that probes and is not heard of has lost its lease by then. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final Subscription subscription;
  private final @Nullable BreakerPolicy policy;
  private final Duration probePatience;
  private final Engine engine;
  private final BreakerWrites writes;
  private final @Nullable Gauge gauge;
  private volatile @Nullable BreakerState seen;
  private volatile @Nullable UUID probe;

  Breaker(
      Subscription subscription, @Nullable BreakerPolicy policy, Duration timeout, Engine engine) {
    this.subscription = subscription;
    this.policy = policy;
    this.probePatience = timeout.plus(GRACE);
    this.engine = engine;
    this.writes = new BreakerWrites(subscription, probePatience, engine, this::see);
    this.gauge =
        policy == null ? null : engine.guards().metrics().watch(subscription.name(), this::isOpen);
  }

  Subscription subscription() {
    return subscription;
  }

  /** Whether the route has a breaker. */
  boolean isSet() {
    return policy != null;
  }

  /** Whether nothing may be claimed but a probe. */
  boolean isOpen() {
    return policy != null && seen != null;
  }

  /** What all hubs hold for true: the state, or null while it is closed. */
  void see(@Nullable BreakerState state) {
    boolean closed = seen != null && state == null;
    seen = state;
    if (closed) {
      engine.guards().failures().end(subscription.name());
    }
  }

  /** Whether a delivery that was claimed is not to be tried now. */
  boolean holdsBack(Claimed delivery) {
    return isOpen() && !isProbe(delivery);
  }

  /** Whether it is time for a probe. */
  boolean isProbeDue() {
    BreakerState state = seen;
    return state != null && !engine.clock().instant().isBefore(state.probeAt());
  }

  /** Takes the probe for a delivery, unless there is one already, on this hub or another. */
  boolean takeProbe(UUID event) {
    if (probe != null) {
      return false;
    }
    boolean taken = false;
    probe = event;
    try {
      taken =
          engine
              .guards()
              .breakers()
              .takeProbe(subscription.id(), engine.membership().node(), probePatience);
      return taken;
    } finally {
      if (!taken) {
        probe = null;
      }
    }
  }

  /** The probe was not made, or has told nothing: another may follow at once. */
  void giveProbeBack() {
    if (probe != null) {
      probe = null;
      writes.giveProbeBack();
    }
  }

  void succeeded(Claimed delivery) {
    if (policy == null) {
      return;
    }
    if (isProbe(delivery)) {
      probe = null;
      writes.close();
    } else if (seen == null) {
      engine.guards().failures().end(subscription.name());
    }
  }

  /**
   * An attempt has failed; what no retry can mend is the event's fault and tells nothing.
   *
   * @param failed the event that is counted
   */
  void failed(Claimed delivery, UUID failed, Failure failure) {
    BreakerPolicy rules = policy;
    if (rules == null || failure.fatal()) {
      ended(delivery);
    } else if (isProbe(delivery)) {
      probe = null;
      writes.reopen(failure, rules);
    } else if (seen == null) {
      engine
          .guards()
          .failures()
          .add(subscription.name(), failed, rules)
          .thenAccept(
              failures -> {
                if (failures >= rules.threshold() && seen == null) {
                  writes.open(failure, rules);
                }
              });
    }
  }

  /** An attempt has ended without telling anything about the receiver. */
  void ended(Claimed delivery) {
    if (isProbe(delivery)) {
      giveProbeBack();
    }
  }

  private boolean isProbe(Claimed delivery) {
    return delivery.event().id().equals(probe);
  }

  /** The route stops. */
  void close() {
    giveProbeBack();
    if (gauge != null) {
      engine.guards().metrics().remove(gauge);
    }
  }
}
