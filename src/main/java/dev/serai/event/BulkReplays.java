package dev.serai.event;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Starts, shows and ends the delivery of many events anew; {@link ReplayWorker} does it. */
public final class BulkReplays {

  private static final Duration TOTAL_PATIENCE = Duration.ofSeconds(3);
  private static final Duration DRY_RUN_PATIENCE = Duration.ofSeconds(15);

  private final ReplayRows rows;
  private final ReplayCount count;
  private final Backlog backlog;
  private final ReplayWorker worker;
  private final EventIds ids;
  private final Clock clock;
  private final ReplaySettings settings;

  BulkReplays(
      ReplayRows rows,
      ReplayCount count,
      Backlog backlog,
      ReplayWorker worker,
      EventIds ids,
      Clock clock,
      ReplaySettings settings) {
    this.rows = rows;
    this.count = count;
    this.backlog = backlog;
    this.worker = worker;
    this.ids = ids;
    this.clock = clock;
    this.settings = settings;
  }

  /**
   * Counts what a replay would deliver.
   *
   * @param only the subscription to deliver to, or null for all that match
   * @return empty when counting takes too long
   */
  public Optional<ReplayEstimate> estimate(ReplayFilter filter, @Nullable Subscription only) {
    return count.count(filter, only, clock.instant(), DRY_RUN_PATIENCE);
  }

  /**
   * Starts a replay; any hub goes on with it.
   *
   * @param only the subscription to deliver to, or null for all that match
   * @param rate deliveries a second, or null for the default
   * @throws IllegalArgumentException naming the parameter when the rate is none
   */
  public Replay start(
      ReplayFilter filter, @Nullable Subscription only, @Nullable Integer rate, RequestedBy by) {
    int perSecond = rate(rate);
    Instant now = clock.instant();
    Long total =
        count.count(filter, only, now, TOTAL_PATIENCE).map(ReplayEstimate::events).orElse(null);
    Replay replay =
        replay(
            Replay.EVENTS,
            filter.values(),
            only == null ? null : only.name(),
            perSecond,
            total,
            by,
            now,
            null,
            filter.begin(),
            filter.end(now));
    rows.insert(replay);
    worker.wake();
    return replay;
  }

  private int rate(@Nullable Integer rate) {
    if (rate == null) {
      return settings.rate();
    }
    if (rate < 1 || rate > settings.maxRate()) {
      throw new IllegalArgumentException(
          "Parameter 'rate' is '%s'; it must be 1 to %s (serai.replays.max-rate)"
              .formatted(rate, settings.maxRate()));
    }
    return rate;
  }

  /** How many deliveries wait for a subscription and are due before this time. */
  public long backlog(Subscription subscription, Instant dueBefore) {
    return backlog.count(subscription.name(), dueBefore);
  }

  /** Skips the deliveries that wait for a subscription and are due before this time. */
  public Replay skip(Subscription subscription, Instant dueBefore, RequestedBy by) {
    Instant now = clock.instant();
    Replay replay =
        replay(
            Replay.BACKLOG,
            Map.of(),
            subscription.name(),
            // It takes away work and makes none.
            10 * AgedRows.STEP,
            backlog(subscription, dueBefore),
            by,
            now,
            dueBefore,
            new UUID(0, 0),
            new UUID(0, 0));
    rows.insert(replay);
    worker.wake();
    return replay;
  }

  private Replay replay(
      String kind,
      Map<String, String> filter,
      @Nullable String subscription,
      int rate,
      @Nullable Long total,
      RequestedBy by,
      Instant now,
      @Nullable Instant dueBefore,
      UUID position,
      UUID until) {
    return new Replay(
        ids.next(),
        kind,
        "running",
        filter,
        subscription,
        rate,
        total,
        0,
        0,
        0,
        null,
        by.who(),
        by.reason(),
        now,
        null,
        null,
        null,
        dueBefore,
        position,
        until,
        now);
  }

  /** Stops a replay: nothing more is made ready; says whether it ran. */
  public boolean cancel(UUID id) {
    return rows.end(id, "cancelled", null, clock.instant());
  }

  public Optional<Replay> find(UUID id) {
    return rows.find(id);
  }

  /** Replays before the cursor, the latest first. */
  public List<Replay> before(@Nullable UUID cursor, @Nullable String state, int limit) {
    return rows.before(cursor, state, limit);
  }
}
