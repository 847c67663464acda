package dev.serai.event;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A step of a replay.
 *
 * @param position all events up to this one were looked at
 * @param matched events of the step that match
 * @param made deliveries made ready, to be told of after the commit
 * @param replayed how many deliveries were changed
 * @param skipped how many were left alone
 * @param last whether there is nothing more
 * @param waitingFor the subscription whose handlers can't keep up
 */
record ReplayPage(
    UUID position,
    int matched,
    List<NewDelivery> made,
    int replayed,
    int skipped,
    boolean last,
    @Nullable String waitingFor) {

  static ReplayPage waiting(UUID position, String subscription) {
    return new ReplayPage(position, 0, List.of(), 0, 0, false, subscription);
  }

  static ReplayPage end(UUID position) {
    return new ReplayPage(position, 0, List.of(), 0, 0, true, null);
  }

  /** What it takes of the rate. */
  int weight() {
    return Math.max(matched, replayed);
  }
}
