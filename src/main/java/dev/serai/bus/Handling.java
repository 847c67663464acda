package dev.serai.bus;

import dev.serai.event.Claimed;
import dev.serai.event.Deliveries.Finished;
import dev.serai.event.Finish;
import dev.serai.event.Subscription;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Runs the handler of one subscription and records how its attempts ended. */
final class Handling {

  private static final Logger log = LoggerFactory.getLogger(Handling.class);
  private static final double QUICK_NANOS = Duration.ofMillis(20).toNanos();
  private static final String EVENT_ID = "event_id";
  private static final String SUBSCRIPTION = "subscription";
  private static final CompletableFuture<@Nullable Void> ENDED =
      CompletableFuture.completedFuture(null);

  private final Subscription subscription;
  private final DeliveryPolicy policy;
  private final Handler handler;
  private final Engine engine;
  private final Recorder recorder;
  private final Breaker breaker;
  private volatile double averageNanos;

  Handling(
      Subscription subscription,
      DeliveryPolicy policy,
      Breaker breaker,
      Handler handler,
      Engine engine) {
    this.subscription = subscription;
    this.policy = policy;
    this.handler = handler;
    this.breaker = breaker;
    this.engine = engine;
    this.recorder = new Recorder(subscription, engine);
  }

  /** Whether attempts have lately been so short that workers would wait for claims. */
  boolean isQuick() {
    return averageNanos < QUICK_NANOS;
  }

  /** Returns when the handler is done; completes when that is recorded. */
  CompletableFuture<@Nullable Void> handle(Attempt attempt) {
    Instant startedAt = engine.clock().instant();
    if (!attempt.begin(startedAt)) {
      return ENDED;
    }
    // Every line of the log that the handler causes says whose it is.
    MDC.put(EVENT_ID, attempt.delivery().event().id().toString());
    MDC.put(SUBSCRIPTION, subscription.name());
    try {
      return handleBegun(attempt, startedAt);
    } finally {
      MDC.remove(EVENT_ID);
      MDC.remove(SUBSCRIPTION);
    }
  }

  private CompletableFuture<@Nullable Void> handleBegun(Attempt attempt, Instant startedAt) {
    long begin = System.nanoTime();
    Finish done = Finish.done(attempt.delivery(), startedAt);
    @Nullable Throwable failure = null;
    try {
      attempt.delivery().requireReadable();
      if (policy.transaction()) {
        recorder.recorded(done, handleInTransaction(done));
      } else {
        done = done.telling(handle(attempt.delivery()));
      }
    } catch (Exception | Error e) {
      failure = e;
    } finally {
      attempt.leave();
    }
    long nanos = System.nanoTime() - begin;
    averageNanos += (nanos - averageNanos) / 16;
    engine.metrics().attempted(subscription.name(), nanos, failure == null);
    boolean recorded = failure == null && policy.transaction();
    if (failure == null) {
      breaker.succeeded(attempt.delivery());
    }
    if (!attempt.end() || recorded) {
      return ENDED;
    }
    return failure == null ? recorder.record(done) : fail(attempt, startedAt, failure);
  }

  /** What is told of a sensitive event may quote it, as a receiver's answer does. */
  private @Nullable String handle(Claimed delivery) throws Exception {
    String told = handler.handle(delivery);
    return delivery.event().sensitive() ? null : told;
  }

  /** The route's SQL and the end of its delivery: both or neither. */
  private Finished handleInTransaction(Finish done) throws Exception {
    try {
      Finished finished =
          engine
              .transaction()
              .execute(
                  status -> {
                    try {
                      return finishWithin(done.telling(handle(done.delivery())));
                    } catch (Exception e) {
                      throw new HandlerFailure(e);
                    }
                  });
      return java.util.Objects.requireNonNull(finished);
    } catch (HandlerFailure e) {
      throw e.handlers;
    }
  }

  private Finished finishWithin(Finish done) throws SQLException {
    var connection = DataSourceUtils.getConnection(engine.handlers());
    Finished finished = engine.deliveries().doneWithin(connection, done);
    if (!finished.recorded()) {
      throw new LostDeliveryException(subscription, done.delivery());
    }
    return finished;
  }

  private CompletableFuture<@Nullable Void> fail(
      Attempt attempt, Instant startedAt, Throwable thrown) {
    Claimed delivery = attempt.delivery();
    return switch (attempt.stopped()) {
      case NONE -> recorder.record(failed(delivery, startedAt, failure(delivery, thrown)));
      case TIMEOUT ->
          recorder.record(failed(delivery, startedAt, Failure.timeout(policy.timeout())));
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

  private Failure failure(Claimed delivery, Throwable thrown) {
    Failure failure = Failure.of(thrown, policy, engine.clock());
    return delivery.event().sensitive() ? failure.withoutMessages(thrown) : failure;
  }

  private Finish failed(Claimed delivery, Instant startedAt, Failure failure) {
    Instant retryAt =
        failure.retryAt(
            engine.clock().instant().plus(engine.backoff().delay(policy, delivery.attempt())));
    breaker.failed(delivery, failure);
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
    if (attempt.end()) {
      log.error(
          "The handler of event {} for {} ignores its timeout and keeps a worker",
          attempt.delivery().event().id(),
          subscription.name());
      recorder.record(failed(attempt.delivery(), startedAt, Failure.timeout(policy.timeout())));
    }
  }

  /** What a route does with a delivery; returns what it has to tell of that, or null. */
  interface Handler {
    @Nullable String handle(Claimed delivery) throws Exception;
  }

  /** Carries a handler's exception through the transaction template, which rolls back on it. */
  private static final class HandlerFailure extends RuntimeException {
    private final Exception handlers;

    HandlerFailure(Exception handlers) {
      super(handlers);
      this.handlers = handlers;
    }
  }
}
