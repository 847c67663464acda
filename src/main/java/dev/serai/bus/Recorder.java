package dev.serai.bus;

import dev.serai.event.Deliveries.Finished;
import dev.serai.event.Finish;
import dev.serai.event.Subscription;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how attempts of a subscription ended, and does not give up while the database is away: a
 * delivery whose end is not recorded would be handled again, or, as long as this hub lives, never.
 */
final class Recorder {

  private static final Logger log = LoggerFactory.getLogger(Recorder.class);
  private static final long AGAIN_AFTER_MILLIS = 500;

  private final Subscription subscription;
  private final Engine engine;

  Recorder(Subscription subscription, Engine engine) {
    this.subscription = subscription;
    this.engine = engine;
  }

  /** Completes, never exceptionally, when the end is recorded or known to be another's. */
  CompletableFuture<@Nullable Void> record(Finish finish) {
    CompletableFuture<@Nullable Void> recorded = new CompletableFuture<>();
    record(finish, recorded, false);
    return recorded;
  }

  private void record(
      Finish finish, CompletableFuture<@Nullable Void> recorded, boolean complained) {
    engine
        .deliveries()
        .finish(finish)
        .whenComplete(
            (finished, failure) -> {
              if (failure == null) {
                try {
                  recorded(finish, finished);
                } finally {
                  recorded.complete(null);
                }
                return;
              }
              if (!complained) {
                log.warn(
                    "The end of an attempt at {} for {} is not recorded yet: {}",
                    finish.delivery().event().id(),
                    subscription.name(),
                    failure.getMessage());
              }
              later().execute(() -> record(finish, recorded, true));
            });
  }

  /** Tells what follows from a recorded end. */
  void recorded(Finish finish, Finished finished) {
    engine.metrics().finished(subscription.name(), finish, finished.recorded());
    if (finished.next() != null) {
      engine.hints().add(subscription.name(), Urgency.NORMAL, List.of(finished.next()));
    }
  }

  private static Executor later() {
    return CompletableFuture.delayedExecutor(AGAIN_AFTER_MILLIS, TimeUnit.MILLISECONDS);
  }
}
