package dev.serai.bus;

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
    List<UUID> ready = engine.deliveries().ready(subscription.id(), Hints.WINDOW);
    more = ready.size() == Hints.WINDOW;
    if (ready.isEmpty()) {
      return;
    }
    Set<UUID> hinted = window();
    List<UUID> missing = ready.stream().filter(event -> !hinted.contains(event)).toList();
    engine.hints().add(subscription.name(), missing, Hints.WINDOW);
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
