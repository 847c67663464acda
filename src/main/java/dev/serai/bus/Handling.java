package dev.serai.bus;

import dev.serai.event.Claimed;
import dev.serai.event.Deliveries.Finished;
import dev.serai.event.EventIds;
import dev.serai.event.Finish;
import dev.serai.event.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Runs the handler of one subscription and records how its attempts ended. */
final class Handling {

  private static final double QUICK_NANOS = Duration.ofMillis(20).toNanos();
  private static final double MOMENT_NANOS = Duration.ofMillis(20).toNanos();
  private static final int MOST_AHEAD = 128;
  private static final String EVENT_ID = "event_id";
  private static final String TRACE_ID = "trace_id";
  private static final String SUBSCRIPTION = "subscription";
  private static final CompletableFuture<@Nullable Void> ENDED =
      CompletableFuture.completedFuture(null);

  private final Subscription subscription;
  private final SubscriptionSpec spec;
  private final Handler handler;
  private final Engine engine;
  private final Recorder recorder;
  private final FailedAttempts failures;
  private final Breaker breaker;
  private volatile double averageNanos = QUICK_NANOS;

  Handling(
      Subscription subscription,
      SubscriptionSpec spec,
      Breaker breaker,
      Handler handler,
      Engine engine) {
    this.subscription = subscription;
    this.spec = spec;
    this.handler = handler;
    this.breaker = breaker;
    this.engine = engine;
    this.recorder = new Recorder(subscription, engine);
    this.failures = new FailedAttempts(subscription, spec.policy(), breaker, engine, recorder);
  }

  /**
   * How many deliveries are worth claiming ahead of so many workers: what they do within a moment,
   * since a claim of many costs little more than one of few. None while handlers are slow: another
   * hub may have a worker for them now.
   */
  int ahead(int workers) {
    double average = averageNanos;
    if (average >= QUICK_NANOS) {
      return 0;
    }
    double inAMoment = Math.min(MOST_AHEAD, workers * MOMENT_NANOS / Math.max(1, average));
    return (int) Math.max(workers, inAMoment);
  }

  void giveUp(Attempt attempt, Instant startedAt) {
    failures.giveUp(attempt, startedAt);
  }

  /** Returns when the handler is done with these. */
  void handle(List<Attempt> group, Ended ended) {
    Instant startedAt = engine.clock().instant();
    List<Attempt> begun = new ArrayList<>(group.size());
    for (Attempt attempt : group) {
      if (!attempt.begin(startedAt) || failures.isLeftForLater(attempt)) {
        breaker.ended(attempt.delivery());
        ended.accept(attempt, neverBegun(attempt, startedAt));
      } else if (isWanted(attempt, startedAt, ended)) {
        begun.add(attempt);
      }
    }
    if (begun.isEmpty()) {
      return;
    }
    // Every line of the log that the handler causes says whose it is.
    MDC.put(SUBSCRIPTION, subscription.name());
    if (begun.size() == 1) {
      Claimed delivery = begun.getFirst().delivery();
      MDC.put(EVENT_ID, delivery.event().id().toString());
      MDC.put(TRACE_ID, EventIds.traceId(delivery.event().id(), delivery.trace()));
    }
    try {
      handleBegun(begun, startedAt, ended);
    } finally {
      MDC.remove(EVENT_ID);
      MDC.remove(TRACE_ID);
      MDC.remove(SUBSCRIPTION);
    }
  }

  /** What was stopped while it waited for a worker; its lane gives back what others may handle. */
  private CompletableFuture<@Nullable Void> neverBegun(Attempt attempt, Instant now) {
    return attempt.stopped() == Attempt.Stop.CANCEL && attempt.end()
        ? recorder.record(Finish.cancelled(attempt.delivery(), now))
        : ENDED;
  }

  /** What the filter leaves out, and what can't be read, ends before the handler sees it. */
  private boolean isWanted(Attempt attempt, Instant startedAt, Ended ended) {
    Claimed delivery = attempt.delivery();
    String unmet = delivery.unreadable() == null ? spec.filter().unmet(delivery.event()) : null;
    if (delivery.unreadable() == null && unmet == null) {
      return true;
    }
    attempt.leave();
    if (!attempt.end()) {
      ended.accept(attempt, ENDED);
    } else if (unmet != null) {
      breaker.ended(delivery);
      Finish skipped = Finish.skipped(delivery, startedAt).telling("Filtered out: not " + unmet);
      ended.accept(attempt, recorder.record(skipped));
    } else {
      ended.accept(
          attempt, failures.end(attempt, startedAt, Objects.requireNonNull(delivery.unreadable())));
    }
    return false;
  }

  private void handleBegun(List<Attempt> group, Instant startedAt, Ended ended) {
    long begin = System.nanoTime();
    group.forEach(attempt -> attempt.failsAs(group.getFirst()));
    Handler.Told told = Handler.Told.NOTHING;
    @Nullable Throwable failure = null;
    try {
      List<Claimed> deliveries = group.stream().map(Attempt::delivery).toList();
      told =
          spec.policy().transaction()
              ? handleInTransaction(deliveries, startedAt)
              : handler.handle(deliveries);
    } catch (Exception | Error e) {
      failure = e;
    } finally {
      group.forEach(Attempt::leave);
    }
    long nanos = System.nanoTime() - begin;
    averageNanos += (nanos - averageNanos) / 16;
    engine.metrics().attempted(subscription.name(), nanos, failure == null);
    if (failure != null && group.size() > 1 && failures.isFatal(failure)) {
      group.forEach(attempt -> handleAlone(attempt, startedAt, ended));
      return;
    }
    for (Attempt attempt : group) {
      ended.accept(attempt, ended(attempt, startedAt, told, failure));
    }
  }

  /** One of a batch may be what failed all of it, and no repetition would mend that. */
  private void handleAlone(Attempt attempt, Instant startedAt, Ended ended) {
    if (attempt.begin(startedAt)) {
      handleBegun(List.of(attempt), startedAt, ended);
    } else {
      ended.accept(
          attempt,
          failures.end(attempt, startedAt, new InterruptedException("stopped with its batch")));
    }
  }

  private CompletableFuture<@Nullable Void> ended(
      Attempt attempt, Instant startedAt, Handler.Told told, @Nullable Throwable failure) {
    Claimed delivery = attempt.delivery();
    String reason = told.failed().get(delivery.event().id());
    boolean recorded = failure == null && reason == null && spec.policy().transaction();
    if (failure == null && reason == null) {
      breaker.succeeded(delivery);
    }
    if (!attempt.end() || recorded) {
      return ENDED;
    }
    if (failure != null) {
      return failures.end(attempt, startedAt, failure);
    }
    return reason == null
        ? recorder.record(done(delivery, startedAt, told))
        : failures.end(attempt, startedAt, Failure.told(delivery.event(), reason, spec.policy()));
  }

  /** What is told of a sensitive event may quote it, as a receiver's answer does. */
  private static Finish done(Claimed delivery, Instant startedAt, Handler.Told told) {
    Finish done = Finish.done(delivery, startedAt);
    return delivery.event().sensitive() ? done : done.telling(told.result());
  }

  /** The route's SQL and the end of its deliveries: all or nothing. */
  private Handler.Told handleInTransaction(List<Claimed> deliveries, Instant startedAt)
      throws Exception {
    Map<Finish, Finished> finished = new LinkedHashMap<>();
    Handler.Told told =
        engine.inTransaction(
            () -> {
              Handler.Told result = handler.handle(deliveries);
              for (Claimed delivery : deliveries) {
                if (!result.failed().containsKey(delivery.event().id())) {
                  Finish done = done(delivery, startedAt, result);
                  finished.put(done, recorder.recordWithin(done));
                }
              }
              return result;
            });
    finished.forEach(recorder::recorded);
    return told;
  }

  /** Takes an attempt that is over with what completes when its end is recorded. */
  interface Ended {
    void accept(Attempt attempt, CompletableFuture<@Nullable Void> recorded);
  }
}
