package dev.serai.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attempts that wait for others, to be handled in one batch. Used by one thread. */
final class Company {

  private static final Duration NEVER = Duration.ofHours(1);

  private final BatchPolicy policy;
  private List<Attempt> waiting = new ArrayList<>();
  private long sinceNanos;

  Company(BatchPolicy policy) {
    this.policy = policy;
  }

  /** Lets an attempt wait; returns the batch that it completes. */
  Optional<List<Attempt>> add(Attempt attempt, long nowNanos) {
    if (waiting.isEmpty()) {
      sinceNanos = nowNanos;
    }
    waiting.add(attempt);
    return waiting.size() >= policy.size() ? Optional.of(take()) : Optional.empty();
  }

  /** The batch whose first has waited long enough. */
  Optional<List<Attempt>> due(long nowNanos) {
    return !waiting.isEmpty() && untilDue(nowNanos).isZero()
        ? Optional.of(take())
        : Optional.empty();
  }

  /** Whatever still waits. */
  Optional<List<Attempt>> rest() {
    return waiting.isEmpty() ? Optional.empty() : Optional.of(take());
  }

  Duration untilDue(long nowNanos) {
    if (waiting.isEmpty()) {
      return NEVER;
    }
    long nanos = policy.within().toNanos() - (nowNanos - sinceNanos);
    return Duration.ofNanos(Math.max(0, nanos));
  }

  private List<Attempt> take() {
    List<Attempt> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }
}
