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
  private final Engine engine;
  private final List<UUID> uncertain = new ArrayList<>();

  Claims(Subscription subscription, Workers workers, Engine engine) {
    this.subscription = subscription;
    this.workers = workers;
    this.engine = engine;
  }

  void claim(List<Hint> hints) throws SQLException {
    List<UUID> events = Hint.events(hints);
    try {
      for (Claimed claimed : claimed(events)) {
        workers.handle(claimed);
      }
    } catch (SQLException e) {
      uncertain.addAll(events);
      throw e;
    } finally {
      engine.hints().forget(subscription.name(), hints);
    }
  }

  private List<Claimed> claimed(List<UUID> events) throws SQLException {
    return engine
        .deliveries()
        .claim(engine.membership().node(), subscription.id(), subscription.order(), events);
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
