package dev.serai.bus;

import dev.serai.event.Nodes;
import dev.serai.event.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** This hub among the others: its number, its lease, and whether it may judge others dead. */
final class Membership {

  private static final Logger log = LoggerFactory.getLogger(Membership.class);

  static final Duration HEARTBEAT = Duration.ofSeconds(5);

  /**
   * After the database was away, every hub's lease has ended, and each extends its own at its next
   * heartbeat. Nobody is judged before all have had the time.
   */
  private static final Duration PROBATION = HEARTBEAT.plusSeconds(2);

  private final Nodes nodes;
  private final String name;
  private final String version;
  private volatile @Nullable Integer node;
  private volatile long steadySince = System.nanoTime();
  private boolean troubled;

  Membership(Nodes nodes, String name, String version) {
    this.nodes = nodes;
    this.name = name;
    this.version = version;
  }

  /** This hub's number; registers it at first. */
  int node() {
    Integer known = node;
    return known == null ? register() : known;
  }

  private synchronized int register() {
    Integer known = node;
    if (known == null) {
      known = nodes.register(name, version);
      node = known;
      log.info("This hub is node {} ({})", known, name);
    }
    return known;
  }

  /** Extends the lease. */
  synchronized void beat() {
    try {
      if (!nodes.extend(node())) {
        log.warn("This hub was taken for dead, and its deliveries were taken over; it joins anew");
        node = null;
        register();
      }
      if (troubled) {
        troubled = false;
        steadySince = System.nanoTime();
      }
    } catch (DataAccessException e) {
      troubled = true;
      log.debug("No heartbeat", e);
    }
  }

  /** Takes over what dead hubs left. */
  void rescue() {
    boolean steady = System.nanoTime() - steadySince > PROBATION.toNanos();
    int rescued = steady && !troubled ? nodes.rescue() : 0;
    if (rescued > 0) {
      log.warn("Took over {} deliveries of a hub that is gone", rescued);
    }
  }

  void giveBack(Subscription subscription, UUID event) {
    giveBack(subscription, List.of(event));
  }

  /** Makes claimed deliveries ready again, the attempt not counted. */
  void giveBack(Subscription subscription, List<UUID> events) {
    if (!events.isEmpty()) {
      nodes.giveBack(node(), subscription.id(), events);
    }
  }

  List<UUID> cancelRequests(Subscription subscription, List<UUID> running) {
    return running.isEmpty() ? List.of() : nodes.cancelRequests(subscription.id(), running);
  }

  /** Says that this hub stops. */
  synchronized void leave() {
    Integer known = node;
    if (known != null) {
      nodes.leave(known);
    }
  }
}
