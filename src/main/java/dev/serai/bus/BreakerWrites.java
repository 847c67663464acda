package dev.serai.bus;

import dev.serai.event.BreakerState;
import dev.serai.event.Breakers;
import dev.serai.event.StorageException;
import dev.serai.event.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Writes what this hub has found out about a receiver, for all hubs. Neither workers nor Redis wait
 * for it: the database may be slow or away. Each write changes nothing when it comes a second time,
 * or when another hub has changed the state meanwhile.
 */
final class BreakerWrites {

  private static final Logger log = LoggerFactory.getLogger(BreakerWrites.class);

  private static final Duration AGAIN_AFTER = Duration.ofMillis(500);

  private final Subscription subscription;
  private final Duration patience;
  private final Engine engine;
  private final Consumer<@Nullable BreakerState> view;

  /**
   * @param patience how long a write is tried; nobody waits for it any more then
   * @param view takes the state that follows
   */
  BreakerWrites(
      Subscription subscription,
      Duration patience,
      Engine engine,
      Consumer<@Nullable BreakerState> view) {
    this.subscription = subscription;
    this.patience = patience;
    this.engine = engine;
    this.view = view;
  }

  void open(Failure failure, BreakerPolicy rules) {
    write(
        breakers -> {
          if (breakers.open(subscription.id(), failure.cause(), failure.detail(), rules.pause())) {
            engine.guards().metrics().opened(subscription.name());
            log.warn(
                "Deliveries of {} wait: {} in a row have failed, the last with {}; a probe follows"
                    + " in {}",
                subscription.name(),
                rules.threshold(),
                failure.cause(),
                rules.pause());
          }
        });
  }

  /** The probe has failed. */
  void reopen(Failure failure, BreakerPolicy rules) {
    int node = engine.membership().node();
    write(
        breakers ->
            breakers.reopen(
                subscription.id(), node, failure.cause(), failure.detail(), rules.maxPause()));
  }

  void giveProbeBack() {
    int node = engine.membership().node();
    write(breakers -> breakers.giveProbeBack(subscription.id(), node));
  }

  /** The probe has succeeded. */
  void close() {
    int node = engine.membership().node();
    write(
        breakers -> {
          if (breakers.close(subscription.id(), node)) {
            log.info("The receiver of {} is back; deliveries go on", subscription.name());
          }
        });
  }

  private void write(Consumer<Breakers> change) {
    Instant latest = engine.clock().instant().plus(patience);
    Thread.ofVirtual()
        .name("breaker-" + subscription.name())
        .start(
            () -> {
              while (!written(change) && engine.clock().instant().isBefore(latest)) {
                LockSupport.parkNanos(AGAIN_AFTER.toNanos());
              }
            });
  }

  private boolean written(Consumer<Breakers> change) {
    Breakers breakers = engine.guards().breakers();
    try {
      change.accept(breakers);
      view.accept(breakers.notClosed(List.of(subscription.id())).stream().findFirst().orElse(null));
      return true;
    } catch (DataAccessException | TransactionException | StorageException e) {
      log.debug("The breaker of {} is not written yet", subscription.name(), e);
      return false;
    }
  }
}
