package dev.serai.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replay would deliver.
 *
 * @param events how many match
 * @param deliveries how many deliveries that makes; those that are open would be left alone
 * @param firstReceivedAt when the first of the events was received
 * @param lastReceivedAt when the last of them was
 * @param subscriptions the same by subscription and type
 */
public record ReplayEstimate(
    long events,
    long deliveries,
    @Nullable Instant firstReceivedAt,
    @Nullable Instant lastReceivedAt,
    List<Count> subscriptions) {

  /**
   * Deliveries of one type to one subscription.
   *
   * @param subscription the subscription
   * @param type the type of the events
   * @param deliveries how many
   */
  public record Count(String subscription, String type, long deliveries) {}
}
