package dev.serai.bus;

import dev.serai.event.Deliveries.ReadyKeys;
import dev.serai.event.Ready;
import dev.serai.event.Subscription;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills the window of a subscription with what is ready, due and not in it. What the tables and the
 * stream say is compared anew each time, so nothing that was lost stays lost; it remembers only at
 * which key to go on.
 */
final class Refill {

  private static final long PATIENCE_SECONDS = 2;

  /** Pages of keys of which none is ready: those of one run. */
  private static final int MOST_PAGES = 5;

  private final Subscription subscription;
  private final Engine engine;
  private volatile boolean more;
  private String after = "";

  Refill(Subscription subscription, Engine engine) {
    this.subscription = subscription;
    this.engine = engine;
  }

  /** Whether the last run found more than the window holds, so that the next should come soon. */
  boolean hasMore() {
    return more;
  }

  void run() throws SQLException, InterruptedException {
    List<Ready> ready = subscription.order().by() == null ? oldest() : heads();
    if (ready.isEmpty()) {
      return;
    }
    Set<UUID> hinted = window();
    Map<Urgency, List<UUID>> missing =
        ready.stream()
            .filter(delivery -> !hinted.contains(delivery.eventId()))
            .collect(
                Collectors.groupingBy(
                    delivery -> Urgency.of(delivery.priority()),
                    Collectors.mapping(Ready::eventId, Collectors.toList())));
    more |= missing.getOrDefault(Urgency.LOW, List.of()).size() > Urgency.LOW.window();
    missing.forEach((urgency, events) -> engine.hints().add(subscription.name(), urgency, events));
  }

  /** A delivery that may be claimed now, or null; without filling anything. */
  @Nullable UUID next() throws SQLException {
    List<Ready> ready =
        subscription.order().by() == null
            ? engine.deliveries().ready(subscription.id(), 1)
            : heads();
    return ready.isEmpty() ? null : ready.getFirst().eventId();
  }

  private List<Ready> oldest() throws SQLException {
    List<Ready> ready = engine.deliveries().ready(subscription.id(), Hints.WINDOW);
    more = ready.size() == Hints.WINDOW;
    return ready;
  }

  /**
   * What is ready at the head of its key. Each run goes on behind the keys of the last one, so that
   * many keys that wait don't hide the others.
   */
  private synchronized List<Ready> heads() throws SQLException {
    List<Ready> ready = List.of();
    for (int page = 0; page < MOST_PAGES && ready.isEmpty(); page++) {
      ReadyKeys keys = engine.deliveries().readyKeys(subscription, after, Hints.WINDOW);
      ready = keys.events();
      after = keys.last();
      if (after.isEmpty()) {
        break;
      }
    }
    more = !ready.isEmpty() && !after.isEmpty();
    return ready;
  }

  private Set<UUID> window() throws InterruptedException {
    StatefulRedisConnection<String, String> connection = engine.redis().shared();
    if (connection == null) {
      return Set.of();
    }
    try {
      return new HashSet<>(
          engine
              .hints()
              .window(connection, subscription.name())
              .toCompletableFuture()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("The window of hints can't be read", e);
    }
  }
}
