package dev.serai.bus;

import dev.serai.event.Claimed;
import dev.serai.event.Subscription;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Claims what one subscription's lane was hinted, and hands it to the workers. Used by one thread.
 */
final class Claims {

  private final Subscription subscription;
  private final Workers workers;
  private final Gate gate;
  private final Engine engine;
  private final List<UUID> uncertain = new ArrayList<>();
  private boolean heldUp;

  Claims(Subscription subscription, Workers workers, Gate gate, Engine engine) {
    this.subscription = subscription;
    this.workers = workers;
    this.gate = gate;
    this.engine = engine;
  }

  void claimHinted(List<Hint> hints) throws SQLException {
    try {
      claim(Hint.events(hints));
    } finally {
      engine.hints().forget(subscription.name(), hints);
    }
  }

  /** Claims as many as the receiver is to have now; returns how many it could. */
  int claim(List<UUID> wanted) throws SQLException {
    heldUp = false;
    List<UUID> events = gate.take(wanted);
    if (events.isEmpty()) {
      return 0;
    }
    try {
      List<Claimed> claimed = claimed(events);
      claimed.forEach(workers::handle);
      gate.giveBack(events.size() - claimed.size());
      heldUp = gate.places() != null && claimed.size() < events.size();
      return claimed.size();
    } catch (SQLException e) {
      uncertain.addAll(events);
      throw e;
    }
  }

  private List<Claimed> claimed(List<UUID> events) throws SQLException {
    return engine
        .deliveries()
        .claim(
            engine.membership().node(),
            subscription.id(),
            subscription.order(),
            gate.places(),
            events);
  }

  /** Whether the last claim got less than it wanted, because others may have the group's places. */
  boolean isHeldUp() {
    return heldUp;
  }

  /**
   * A claim whose answer was lost may have been made. Nobody else would notice, because this hub's
   * lease goes on: so what it doesn't know to be its own is given back.
   */
  void settleUncertain() {
    if (!uncertain.isEmpty()) {
      uncertain.removeAll(workers.running());
      engine.membership().giveBack(subscription, uncertain);
      uncertain.clear();
    }
  }
}
