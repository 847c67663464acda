package dev.serai.event;

import org.jspecify.annotations.Nullable;

/**
 * A delivery that this hub may handle, as long as nobody else gets a higher token.
 *
 * @param attempt 1 for the first; a replay starts again at 1
 * @param replay how many times the delivery was replayed before this attempt
 * @param low whether it belongs to a replay of many, and no other of its key waits for its end
 * @param token grows with every claim; only its holder may finish the delivery
 * @param trace what caused the event, as {@link NewEvent#trace} says it
 * @param unreadable why the event has no body that a handler could be given, or null if it has
 */
public record Claimed(
    Event event,
    int subscriptionId,
    int attempt,
    int replay,
    boolean low,
    int token,
    @Nullable String trace,
    @Nullable SensitiveBodyException unreadable) {

  /** The exchange property under which a route finds the delivery that it handles. */
  public static final String PROPERTY = "SeraiDelivery";

  /**
   * To be called before its event is handed to anybody.
   *
   * @throws SensitiveBodyException when it has no body
   */
  public void requireReadable() {
    if (unreadable != null) {
      throw unreadable;
    }
  }
}
