package dev.serai.api;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as the API shows it.
 *
 * @param eventId the event
 * @param subscription the route that it is delivered to
 * @param state ready, running, done, dead, cancelled or skipped
 * @param attempts how many were begun since it was last replayed
 * @param priority how soon it is handled among those that wait; below 0 in a replay of many
 * @param orderKey what orders it among the others of its subscription; null for no order
 * @param dueAt when the next attempt may begin
 * @param claimedAt when the last attempt was claimed
 * @param finishedAt when it ended for good
 * @param node the hub of the last attempt
 * @param replays how many times it was delivered again on request
 * @param cause why it is dead, or why its last attempt failed
 * @param result what the handler told of its success, such as a receiver's answer, or what was said
 *     of its end, e.g. why it was discarded
 * @param replacedBy the event that an operator wrote in its place
 * @param failedAttempts those that failed, the latest first
 */
record DeliveryView(
    UUID eventId,
    String subscription,
    String state,
    int attempts,
    int priority,
    @Nullable String orderKey,
    Instant dueAt,
    @Nullable Instant claimedAt,
    @Nullable Instant finishedAt,
    @Nullable Integer node,
    int replays,
    @Nullable String cause,
    @Nullable String result,
    @Nullable UUID replacedBy,
    List<AttemptView> failedAttempts) {

  /**
   * A failed attempt.
   *
   * @param attempt its number
   * @param node the hub
   * @param startedAt when it began
   * @param endedAt when it failed
   * @param cause a word such as {@code timeout}, or the name of an exception
   * @param detail the same for people
   * @param retryAt when the next was planned; null if there was none to be
   */
  record AttemptView(
      int attempt,
      int node,
      Instant startedAt,
      Instant endedAt,
      String cause,
      @Nullable String detail,
      @Nullable Instant retryAt) {}

  DeliveryView with(List<AttemptView> attemptsFound) {
    return new DeliveryView(
        eventId,
        subscription,
        state,
        attempts,
        priority,
        orderKey,
        dueAt,
        claimedAt,
        finishedAt,
        node,
        replays,
        cause,
        result,
        replacedBy,
        attemptsFound);
  }
}
