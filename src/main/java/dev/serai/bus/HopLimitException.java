package dev.serai.bus;

import dev.serai.event.Event;

/** A chain of events, each emitted while the one before was handled, has become too long. */
final class HopLimitException extends RuntimeException {

  static final String CAUSE = "loop";

  /** More than this many hops is taken for a loop. */
  static final int LIMIT = 16;

  HopLimitException(Event cause, String type) {
    super(
        "Emitting '%s' while handling '%s' (%s) would be hop %s of a chain; more than %s is a loop"
            .formatted(type, cause.type(), cause.id(), cause.hops() + 1, LIMIT));
  }
}
