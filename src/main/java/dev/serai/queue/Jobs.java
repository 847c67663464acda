package dev.serai.queue;

import dev.serai.event.Backoff;
import dev.serai.event.Deliveries;
import dev.serai.event.Finish;
import dev.serai.event.StorageException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What workers say of the jobs that they hold. Each names the token it was given with the job: once
 * the job is another's, or has ended, that is refused.
 */
public final class Jobs {

  private final Deliveries deliveries;
  private final KnownQueues known;
  private final Leases leases;
  private final QueueSettings settings;
  private final QueueMetrics metrics;
  private final QueueSignals signals;
  private final Backoff backoff;
  private final Clock clock;

  Jobs(
      Deliveries deliveries,
      KnownQueues known,
      Leases leases,
      QueueSettings settings,
      QueueMetrics metrics,
      QueueSignals signals,
      Backoff backoff,
      Clock clock) {
    this.deliveries = deliveries;
    this.known = known;
    this.leases = leases;
    this.settings = settings;
    this.metrics = metrics;
    this.signals = signals;
    this.backoff = backoff;
    this.clock = clock;
  }

  /**
   * The job is done.
   *
   * @param result what the worker has to tell, JSON; null for nothing
   * @throws LostJobException when the worker does not hold it any more
   */
  public void complete(String queue, UUID id, int token, @Nullable String result) {
    HeldJob held = held(queue, id, token);
    Finish done = Finish.done(held.delivery(), held.startedAt());
    end(queue, held, isSensitive(held) ? done : done.telling(result), "completed");
  }

  /**
   * The attempt has failed: the job is tried again, or given up after its last attempt.
   *
   * @param error for whoever asks why
   * @param retry false when no further attempt would help
   * @param delay how long until the next attempt; null for the queue's backoff
   * @return when it is tried again; null if never
   * @throws LostJobException when the worker does not hold it any more
   */
  public @Nullable Instant fail(
      String queue, UUID id, int token, String error, boolean retry, @Nullable Duration delay) {
    HeldJob held = held(queue, id, token);
    String kept = isSensitive(held) ? "What the worker said is not kept" : error;
    boolean dead = !retry || held.delivery().attempt() >= held.maxAttempts();
    if (dead) {
      end(
          queue,
          held,
          Finish.dead(held.delivery(), held.startedAt(), "worker-failed", kept),
          "dead");
      return null;
    }
    Duration wait =
        delay == null
            ? backoff.delay(settings.backoff(), settings.maxBackoff(), held.delivery().attempt())
            : delay;
    Instant at = clock.instant().plus(wait);
    end(
        queue,
        held,
        Finish.retry(held.delivery(), held.startedAt(), at, "worker-failed", kept),
        "failed");
    signals.signal(queue);
    return at;
  }

  /**
   * The worker needs longer.
   *
   * @param lease from now on
   * @throws LostJobException when the worker does not hold it any more
   */
  public Extension extend(String queue, UUID id, int token, Duration lease) {
    HeldJob held = held(queue, id, token);
    Instant until = clock.instant().plus(LeaseTime.check(lease));
    if (!leases.extend(held.delivery(), until)) {
      throw lost(queue, held.delivery().event().id(), token);
    }
    return new Extension(until, held.cancel());
  }

  /**
   * Takes a job out of the queue: at once while it waits; its worker is told when it extends its
   * lease.
   *
   * @return whether there was anything to cancel
   */
  public boolean cancel(String queue, UUID id) {
    try {
      return deliveries.cancel(id, known.existing(queue).id());
    } catch (SQLException e) {
      throw new StorageException("The job can't be cancelled", e);
    }
  }

  private HeldJob held(String queue, UUID id, int token) {
    HeldJob held =
        leases
            .held(known.existing(queue).id(), id)
            .orElseThrow(() -> new UnknownJobException("job", id));
    if (!held.isHeldBy(token)) {
      throw lost(queue, id, token);
    }
    return held;
  }

  /** What is told of it may quote it. */
  private static boolean isSensitive(HeldJob held) {
    return held.delivery().event().sensitive();
  }

  private LostJobException lost(String queue, UUID id, int token) {
    metrics.count(queue, "lost", 1);
    return new LostJobException(
        "Job %s is not held with the token %s any more: its lease ended, or it did"
            .formatted(id, token));
  }

  private void end(String queue, HeldJob held, Finish finish, String outcome) {
    boolean recorded;
    try {
      recorded = deliveries.finish(finish).join().recorded();
    } catch (CompletionException e) {
      throw new StorageException("The end of a job is not known to be recorded", e);
    }
    if (!recorded) {
      throw lost(queue, held.delivery().event().id(), held.delivery().token());
    }
    metrics.count(queue, outcome, 1);
    leases.ended(held.delivery());
  }

  /**
   * A longer lease.
   *
   * @param leaseUntil when it ends now
   * @param cancel whether somebody wants the job cancelled
   */
  public record Extension(Instant leaseUntil, boolean cancel) {}
}
