package dev.serai.bus;

import dev.serai.event.Claimed;
import dev.serai.event.Finish;
import dev.serai.event.Subscription;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Decides what follows from an attempt of one subscription that failed, and records it. */
final class FailedAttempts {

  private static final Logger log = LoggerFactory.getLogger(FailedAttempts.class);
  private static final CompletableFuture<@Nullable Void> ENDED =
      CompletableFuture.completedFuture(null);

  private final Subscription subscription;
  private final DeliveryPolicy policy;
  private final Breaker breaker;
  private final Engine engine;
  private final Recorder recorder;

  FailedAttempts(
      Subscription subscription,
      DeliveryPolicy policy,
      Breaker breaker,
      Engine engine,
      Recorder recorder) {
    this.subscription = subscription;
    this.policy = policy;
    this.breaker = breaker;
    this.engine = engine;
    this.recorder = recorder;
  }

  /** Completes when the end is recorded. */
  CompletableFuture<@Nullable Void> end(Attempt attempt, Instant startedAt, Throwable thrown) {
    return end(attempt, startedAt, failure(attempt.delivery(), thrown));
  }

  CompletableFuture<@Nullable Void> end(Attempt attempt, Instant startedAt, Failure failure) {
    Claimed delivery = attempt.delivery();
    return switch (attempt.stopped()) {
      case NONE -> recorder.record(failed(attempt, startedAt, failure));
      case TIMEOUT ->
          recorder.record(failed(attempt, startedAt, Failure.timeout(policy.timeout())));
      case CANCEL -> {
        breaker.ended(delivery);
        yield recorder.record(Finish.cancelled(delivery, startedAt));
      }
      case SHUTDOWN -> {
        breaker.ended(delivery);
        // Not the handler's fault: it begins anew elsewhere, with the attempt not counted.
        engine.membership().giveBack(subscription, delivery.event().id());
        yield ENDED;
      }
    };
  }

  /** Whether an attempt was given back, because its receiver was found to be down meanwhile. */
  boolean isLeftForLater(Attempt attempt) {
    if (!breaker.holdsBack(attempt.delivery())) {
      return false;
    }
    try {
      engine.membership().giveBack(subscription, attempt.delivery().event().id());
      attempt.leave();
      return attempt.end();
    } catch (DataAccessException e) {
      return false; // It may as well be tried.
    }
  }

  /** Whether no repetition can mend a failure. */
  boolean isFatal(Throwable thrown) {
    return Failure.of(thrown, policy, engine.clock()).fatal();
  }

  private Failure failure(Claimed delivery, Throwable thrown) {
    Failure failure = Failure.of(thrown, policy, engine.clock());
    return delivery.event().sensitive() ? failure.withoutMessages(thrown) : failure;
  }

  private Finish failed(Attempt attempt, Instant startedAt, Failure failure) {
    Claimed delivery = attempt.delivery();
    Instant retryAt =
        failure.retryAt(
            engine.clock().instant().plus(policy.delay(engine.backoff(), delivery.attempt())));
    breaker.failed(delivery, attempt.failsAs(), failure);
    boolean dead = failure.fatal() || policy.isLast(delivery, retryAt);
    log.warn(
        "Attempt {} of {} at event {} for {} failed, {}: {}",
        delivery.attempt(),
        policy.maxAttempts(),
        delivery.event().id(),
        subscription.name(),
        dead ? "it is a dead letter now" : "the next is at " + retryAt,
        failure.detail());
    return dead
        ? Finish.dead(delivery, startedAt, failure.cause(), failure.detail())
        : Finish.retry(delivery, startedAt, retryAt, failure.cause(), failure.detail());
  }

  /** Ends the attempt of a handler that ignores its interruption and keeps its thread. */
  void giveUp(Attempt attempt, Instant startedAt) {
    if (!attempt.end()) {
      return;
    }
    boolean cancelled = attempt.stopped() == Attempt.Stop.CANCEL;
    log.error(
        "The handler of event {} for {} ignores its {} and keeps a worker",
        attempt.delivery().event().id(),
        subscription.name(),
        cancelled ? "cancellation" : "timeout");
    recorder.record(
        cancelled
            ? Finish.cancelled(attempt.delivery(), startedAt)
            : failed(attempt, startedAt, Failure.timeout(policy.timeout())));
  }
}
