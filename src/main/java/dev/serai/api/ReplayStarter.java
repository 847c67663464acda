package dev.serai.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.serai.event.BulkReplays;
import dev.serai.event.Replay;
import dev.serai.event.ReplayEstimate;
import dev.serai.event.RequestedBy;
import dev.serai.event.Subscription;
import dev.serai.event.Subscriptions;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** Starts what a request asks for, or says what it would do. */
@Component
class ReplayStarter {

  private final BulkReplays replays;
  private final Subscriptions subscriptions;

  ReplayStarter(BulkReplays replays, Subscriptions subscriptions) {
    this.replays = replays;
    this.subscriptions = subscriptions;
  }

  /** Answers 202 with the replay, or 200 with the counts of a dry run. */
  ResponseEntity<?> start(ReplayRequest request) {
    Subscription only = only(request.subscription());
    RequestedBy by = Caller.because(request.reason());
    try {
      return request.dryRun()
          ? ResponseEntity.ok(
              new DryRun(
                  true,
                  replays
                      .estimate(request.filter(), only)
                      .orElseThrow(
                          () ->
                              Problem.badRequest(
                                  "Counting takes too long; narrow it by 'from' and 'to'"))))
          : accepted(replays.start(request.filter(), only, request.rate(), by));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Subscription only(@Nullable String name) {
    return name == null
        ? null
        : subscriptions
            .find(name)
            .orElseThrow(
                () ->
                    Problem.badRequest(
                        "Parameter 'subscription' is '%s'; there is no such subscription"
                            .formatted(name)));
  }

  static ResponseEntity<Replay> accepted(Replay replay) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/replays/" + replay.id()))
        .body(replay);
  }

  /**
   * What a replay would deliver.
   *
   * @param dryRun true: nothing was done
   */
  record DryRun(boolean dryRun, @JsonUnwrapped ReplayEstimate estimate) {}
}
