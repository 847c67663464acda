package dev.serai.api;

import dev.serai.event.Replays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deliveries that were given up. */
@RestController
@RequestMapping("/api/v1/dead-letters")
class DeadLettersController {

  private final EventQueries queries;
  private final Replays replays;

  DeadLettersController(EventQueries queries, Replays replays) {
    this.queries = queries;
    this.replays = replays;
  }

  /**
   * Lists dead letters, those that died last first.
   *
   * @param subscription only those of this one
   * @param limit most of them, 1 to 1000
   */
  @GetMapping
  Listing list(
      @RequestParam(required = false) @Nullable String subscription,
      @RequestParam(defaultValue = "100") int limit) {
    EventFilter.requireLimit(limit);
    return new Listing(queries.dead(subscription, limit));
  }

  /**
   * Tries one again, with all its attempts.
   *
   * @param event the event
   * @param subscription the one that gave it up
   */
  @PostMapping("/{event}/{subscription}/retry")
  Replays.Replayed retry(@PathVariable String event, @PathVariable String subscription) {
    return replays
        .replay(EventFilter.uuid("event", event), subscription)
        .flatMap(deliveries -> deliveries.stream().findFirst())
        .orElseThrow(() -> Problem.notFound("dead letter", event + "/" + subscription));
  }

  /**
   * Dead letters.
   *
   * @param deadLetters those that died last first
   */
  record Listing(List<DeliveryView> deadLetters) {}
}
