package dev.serai.event;

import java.util.UUID;

/** Is told of events that have got into the log, by the one who has put them there. */
public interface AppendListener {

  /** Whom nothing of it matters. */
  AppendListener NONE = (event, id, nanos) -> {};

  /**
   * An event was appended; no duplicate of one.
   *
   * @param nanos how long that took
   */
  void appended(NewEvent event, UUID id, long nanos);
}
