package dev.serai.bus;

import dev.serai.event.Claimed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one subscription on this hub. They belong to the operating system, not to the
 * virtual machine's scheduler: a handler that never blocks must not stop the others.
 */
final class Workers {

  private static final Logger log = LoggerFactory.getLogger(Workers.class);

  /** How long a handler may ignore its interruption before its delivery is given to another try. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final DeliveryPolicy policy;
  private final Handling handling;
  private final Clock clock;
  private final ThreadPoolExecutor threads;
  private final Map<UUID, Attempt> attempts = new ConcurrentHashMap<>();
  private final Room room = new Room();
  private final Company company;

  Workers(String name, DeliveryPolicy policy, Handling handling, Clock clock) {
    this.policy = policy;
    this.handling = handling;
    this.clock = clock;
    this.company = new Company(policy.batch());
    this.threads =
        new ThreadPoolExecutor(
            policy.concurrency(),
            policy.concurrency(),
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name + "-", 1).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  /** Waits until another delivery may be claimed; returns how many may, 0 after the patience. */
  int awaitRoom(Duration patience) throws InterruptedException {
    return room.await(patience, this::most);
  }

  /** What is claimed ahead keeps workers from waiting for the next claim. */
  private int most() {
    int atATime = policy.concurrency() * policy.batch().size();
    return atATime + handling.ahead(atATime);
  }

  void handle(Claimed claimed) {
    Attempt attempt = new Attempt(claimed);
    attempts.put(claimed.event().id(), attempt);
    room.count(1, 0);
    if (policy.batch().isSet() && policy.batch().inCompany(claimed.attempt())) {
      company.add(attempt, System.nanoTime()).ifPresent(this::execute);
    } else {
      execute(List.of(attempt));
    }
  }

  /** Hands over the batch that has waited long enough; how long until the next has. */
  Duration handleWaiting() {
    long now = System.nanoTime();
    company.due(now).ifPresent(this::execute);
    return company.untilDue(now);
  }

  private void execute(List<Attempt> group) {
    threads.execute(() -> run(group));
  }

  private void run(List<Attempt> group) {
    try {
      handling.handle(group, this::ended);
    } catch (RuntimeException | Error e) {
      log.error(
          "Attempts could not be ended, the first at {}",
          group.getFirst().delivery().event().id(),
          e);
      group.forEach(attempt -> release(attempt, 0));
    }
  }

  private void ended(Attempt attempt, CompletableFuture<@Nullable Void> recorded) {
    int late = attempt.delivery().low() ? 1 : 0;
    if (late > 0) {
      room.count(0, late);
    }
    recorded.thenRun(() -> release(attempt, late));
  }

  /** Only what is recorded makes room: so a database that is away stops the claims, too. */
  private void release(Attempt attempt, int late) {
    attempts.remove(attempt.delivery().event().id(), attempt);
    if (attempt.release()) {
      room.count(-1, -late);
    }
  }

  /** Interrupts the attempts that have taken too long; gives up those that won't be stopped. */
  void enforceTimeout() {
    Instant now = clock.instant();
    for (Attempt attempt : attempts.values()) {
      Instant started = attempt.startedAt();
      if (started == null) {
        continue;
      }
      Duration age = Duration.between(started, now);
      if (age.compareTo(policy.timeout()) > 0) {
        attempt.stop(Attempt.Stop.TIMEOUT);
      }
      if (attempt.ignores(Attempt.Stop.TIMEOUT, GRACE)
          || attempt.ignores(Attempt.Stop.CANCEL, GRACE)) {
        handling.giveUp(attempt, started);
      }
    }
  }

  /** Stops what somebody wants cancelled; most attempts end before anybody could. */
  void cancel(UnaryOperator<List<UUID>> wanted) {
    List<UUID> old =
        attempts.entrySet().stream()
            .filter(attempt -> attempt.getValue().isOld())
            .map(Map.Entry::getKey)
            .toList();
    wanted.apply(old).stream()
        .map(attempts::get)
        .filter(Objects::nonNull)
        .forEach(attempt -> attempt.stop(Attempt.Stop.CANCEL));
  }

  List<UUID> running() {
    return List.copyOf(attempts.keySet());
  }

  /** Takes back what no worker has begun; whoever comes to it finds it stopped. */
  List<UUID> stopWaiting() {
    List<UUID> waiting =
        attempts.values().stream()
            .filter(attempt -> attempt.startedAt() == null)
            .peek(attempt -> attempt.stop(Attempt.Stop.SHUTDOWN))
            .filter(attempt -> attempt.startedAt() == null)
            .map(attempt -> attempt.delivery().event().id())
            .toList();
    company.rest().ifPresent(this::execute);
    threads.shutdown();
    return waiting;
  }

  /**
   * Waits until the running attempts have ended and that is recorded; at the given time interrupts
   * them, and soon after leaves those that don't mind to other hubs.
   *
   * @param endNanos by {@link System#nanoTime}
   */
  void awaitEnd(long endNanos) throws InterruptedException {
    if (!room.awaitNone(endNanos)) {
      interrupt();
      if (!room.awaitNone(endNanos + GRACE.toNanos())) {
        log.warn("{} attempts do not end; other hubs take them over", attempts.size());
      }
    }
  }

  void interrupt() {
    attempts.values().forEach(attempt -> attempt.stop(Attempt.Stop.SHUTDOWN));
  }
}
