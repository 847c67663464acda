package dev.serai.api;

import dev.serai.event.BulkReplays;
import dev.serai.event.Replay;
import dev.serai.event.ReplayFilter;
import dev.serai.event.RequestedBy;
import dev.serai.event.Subscription;
import dev.serai.event.Subscriptions;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Moves a subscription to a time: back, by a replay; forward, by skipping what waits. */
@RestController
class SeekController {

  private final BulkReplays replays;
  private final ReplayStarter starter;
  private final Subscriptions subscriptions;
  private final Clock clock;

  SeekController(
      BulkReplays replays, ReplayStarter starter, Subscriptions subscriptions, Clock clock) {
    this.replays = replays;
    this.starter = starter;
    this.subscriptions = subscriptions;
    this.clock = clock;
  }

  /**
   * Delivers everything received from a time of the past on again; with {@code now} or a time to
   * come, skips the waiting deliveries that are due before.
   *
   * @param name the subscription
   * @param to the time (RFC 3339), or {@code now}; required
   * @param dryRun whether to count only
   * @param rate deliveries a second; the default, if missing
   * @param reason kept with the replay
   */
  @PostMapping("/api/v1/subscriptions/{name}/seek")
  ResponseEntity<?> seek(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      @RequestParam(required = false) @Nullable Integer rate,
      @RequestParam(required = false) @Nullable String reason) {
    Subscription subscription =
        subscriptions.find(name).orElseThrow(() -> Problem.notFound("subscription", name));
    if (to == null) {
      throw Problem.badRequest(
          "Parameter 'to' is missing; it must be now, or a time such as 2026-11-20T18:00:00Z");
    }
    Instant now = clock.instant();
    Instant time = to.equals("now") ? now : time(to);
    if (time.isBefore(now)) {
      ReplayFilter filter = ReplayFilter.of(Map.of("from", time.toString()));
      return starter.start(new ReplayRequest(filter, name, rate, dryRun, reason));
    }
    RequestedBy by = Caller.because(reason);
    if (dryRun) {
      return ResponseEntity.ok(new DryRun(true, name, time, replays.backlog(subscription, time)));
    }
    Replay skip = replays.skip(subscription, time, by);
    return ReplayStarter.accepted(skip);
  }

  private static Instant time(String to) {
    try {
      return ReplayFilter.time("to", to);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What would be skipped.
   *
   * @param dryRun true: nothing was done
   * @param subscription whose deliveries
   * @param dueBefore what is due from then on would be kept
   * @param skipped deliveries that wait
   */
  record DryRun(boolean dryRun, String subscription, Instant dueBefore, long skipped) {}
}
