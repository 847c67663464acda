package dev.serai.bus;

import dev.serai.event.Ready;
import dev.serai.event.Subscription;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fills the window of a subscription with what is ready, due and not in it. It keeps no state: what
 * the tables and the stream say is compared anew each time, so nothing that was lost stays lost.
 */
final class Refill {

  private static final long PATIENCE_SECONDS = 2;

  private final Subscription subscription;
  private final Engine engine;
  private volatile boolean more;

  Refill(Subscription subscription, Engine engine) {
    this.subscription = subscription;
    this.engine = engine;
  }

  /** Whether the last run found more than the window holds, so that the next should come soon. */
  boolean hasMore() {
    return more;
  }

  void run() throws SQLException, InterruptedException {
    List<Ready> ready = engine.deliveries().ready(subscription.id(), Hints.WINDOW);
    more = ready.size() == Hints.WINDOW;
    if (ready.isEmpty()) {
      return;
    }
    Set<UUID> hinted = window();
    List<UUID> urgent = missing(ready, hinted, false);
    List<UUID> low = missing(ready, hinted, true);
    more |= low.size() > Hints.LOW;
    engine.hints().add(subscription.name(), urgent, Hints.WINDOW);
    engine.hints().add(subscription.name(), low, Hints.LOW);
  }

  private static List<UUID> missing(List<Ready> ready, Set<UUID> hinted, boolean low) {
    return ready.stream()
        .filter(delivery -> delivery.low() == low)
        .map(Ready::eventId)
        .filter(event -> !hinted.contains(event))
        .toList();
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
