package dev.serai.bus;

import dev.serai.event.NewDelivery;
import dev.serai.event.Subscription;
import dev.serai.event.Subscriptions;
import io.lettuce.core.RedisException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** The lanes of this hub, and what is done for all of them at the beat of a clock. */
final class Bus implements DisposableBean {

  private static final Logger log = LoggerFactory.getLogger(Bus.class);

  /** How long running handlers may go on when their route or the hub stops. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Engine engine;
  private final Subscriptions subscriptions;
  private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
  private final FreshHints fresh;
  private final Gates gates;
  private volatile @Nullable Long drainedAt;

  Bus(Engine engine, Subscriptions subscriptions) {
    this.engine = engine;
    this.subscriptions = subscriptions;
    this.gates = new Gates(engine);
    this.fresh = new FreshHints(this::hint);
    engine.log().onDeliveries(fresh::offer);
  }

  Engine engine() {
    return engine;
  }

  /** Opens the lane of a route. */
  Lane open(SubscriptionSpec spec, Handler handler) {
    Subscription subscription = subscriptions.declare(spec.declaration());
    Gate gate = gates.open(subscription, spec);
    Handling handling = new Handling(subscription, spec, gate.breaker(), handler, engine);
    Workers workers = new Workers(spec.name(), spec.policy(), handling, engine.clock());
    Lane lane = new Lane(subscription, workers, gate, engine);
    if (lanes.putIfAbsent(subscription.id(), lane) != null) {
      throw new IllegalStateException(
          "Subscription '%s' has a route already".formatted(spec.name()));
    }
    lane.start();
    return lane;
  }

  /** Closes a lane: nothing more is claimed, what runs may end within the patience. */
  void close(Lane lane) throws InterruptedException {
    Long drained = drainedAt;
    try {
      lane.close(drained == null ? System.nanoTime() + PATIENCE.toNanos() : drained);
    } finally {
      lanes.remove(lane.subscription().id(), lane);
    }
  }

  /**
   * The hub stops: every lane stops claiming, so that they drain side by side, within one patience
   * for all, while the requests under way are answered.
   */
  @EventListener(ContextClosedEvent.class)
  void drain() {
    drainedAt = System.nanoTime() + PATIENCE.toNanos();
    lanes.values().forEach(Lane::stop);
  }

  @Override
  public void destroy() {
    fresh.close();
  }

  /** Hints deliveries that were just committed, to whatever hub has room. */
  private void hint(List<NewDelivery> deliveries) {
    Instant now = engine.clock().instant();
    Map<Integer, Map<Urgency, List<UUID>>> bySubscription = new HashMap<>();
    for (NewDelivery delivery : deliveries) {
      if (!delivery.dueAt().isAfter(now)) {
        bySubscription
            .computeIfAbsent(delivery.subscriptionId(), id -> new EnumMap<>(Urgency.class))
            .computeIfAbsent(Urgency.of(delivery.priority()), urgency -> new ArrayList<>())
            .add(delivery.eventId());
      }
    }
    bySubscription.forEach(
        (id, events) -> {
          if (takesHints(id)) {
            String name = subscriptions.name(id);
            events.forEach((urgency, some) -> engine.hints().addFresh(name, urgency, some));
          }
        });
  }

  private boolean takesHints(int subscriptionId) {
    Lane lane = lanes.get(subscriptionId);
    return lane == null ? !isQueue(subscriptionId) : lane.takesHints();
  }

  /** A queue without a route has workers that pull: nobody would read the hints to it. */
  private boolean isQueue(int subscriptionId) {
    return subscriptions.name(subscriptionId).startsWith("queue-");
  }

  /** Extends the lease; two beats may be missed. */
  @Scheduled(fixedRate = 4_000)
  void beat() {
    engine.membership().beat();
  }

  /** Whoever cancels a delivery sees it end within a second. */
  @Scheduled(fixedDelay = 500)
  void cancel() {
    eachLane(
        lane ->
            lane.workers()
                .cancel(old -> engine.membership().cancelRequests(lane.subscription(), old)));
  }

  /** Takes over what dead hubs left, and hints what is due. */
  @Scheduled(fixedDelay = 1_000)
  void sweep() {
    if (lanes.isEmpty()) {
      return;
    }
    List<Integer> ids = List.copyOf(lanes.keySet());
    Set<Integer> due;
    try {
      engine.membership().rescue();
      List<Integer> paused = subscriptions.paused(ids);
      lanes.forEach((id, lane) -> lane.pause(paused.contains(id)));
      gates.look(lanes.values().stream().map(Lane::breaker).toList());
      engine.hints().clean(lanes.values().stream().map(Lane::name).toList(), node());
      due = engine.deliveries().due(ids);
    } catch (SQLException | DataAccessException | RedisException e) {
      log.debug("No sweep", e);
      return;
    }
    eachLane(
        lane -> {
          if (due.contains(lane.subscription().id())) {
            lane.sweep();
          }
        });
  }

  private int node() {
    return engine.membership().node();
  }

  /** Keeps the subscriptions of this hub's routes from being retired. */
  @Scheduled(fixedRate = 60_000, initialDelay = 60_000)
  void touch() {
    if (!lanes.isEmpty()) {
      subscriptions.touch(List.copyOf(lanes.keySet()));
    }
  }

  @Scheduled(fixedRate = 100)
  void enforceTimeouts() {
    Long drained = drainedAt;
    boolean late = drained != null && System.nanoTime() - drained > 0;
    for (Lane lane : lanes.values()) {
      lane.workers().enforceTimeout();
      if (late) {
        lane.workers().interrupt();
      }
    }
  }

  private void eachLane(LaneAction action) {
    for (Lane lane : lanes.values()) {
      try {
        action.accept(lane);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (SQLException | RuntimeException e) {
        // The database or Redis is away; its lane says so, and the next turn comes soon.
        log.debug("{} is left for the next turn", lane.subscription().name(), e);
      }
    }
  }

  private interface LaneAction {
    void accept(Lane lane) throws SQLException, InterruptedException;
  }
}
