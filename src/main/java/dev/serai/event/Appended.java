package dev.serai.event;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the append of one event found.
 *
 * @param holder the event that holds the key
 * @param holderHash what tells its body apart
 * @param fresh whether the holder is the appended event itself
 * @param deliveries the deliveries made, when it is fresh
 */
record Appended(
    UUID holder, byte @Nullable [] holderHash, boolean fresh, List<NewDelivery> deliveries) {

  Receipt receipt(NewEvent event) {
    return fresh ? new Receipt(holder, Receipt.Status.ACCEPTED) : repetition(event);
  }

  /** The receipt of an event that came after the holder. */
  Receipt repetition(NewEvent event) {
    boolean same = event.bodyHash() == null || Arrays.equals(event.bodyHash(), holderHash);
    return new Receipt(holder, same ? Receipt.Status.DUPLICATE : Receipt.Status.CONFLICT);
  }
}
