package dev.serai.event;

import java.time.Instant;

/**
 * An event on its way into the log.
 *
 * @param receivedAt when the hub took it
 * @param copies how many appends of this group it stands for: itself and its duplicates
 * @param conflict whether it is stored beside the holder of its key and not delivered
 */
record AppendItem(NewEvent event, Instant receivedAt, int copies, boolean conflict) {

  AppendItem withCopies(int count) {
    return new AppendItem(event, receivedAt, count, conflict);
  }
}
