package dev.serai.event;

import java.util.UUID;

/**
 * Proof that an event is in the log: it is given out only after the commit.
 *
 * @param id the event; for a duplicate, the event that came first
 * @param status what the append found
 */
public record Receipt(UUID id, Status status) {

  /** The exchange property under which the event component leaves the receipt of its append. */
  public static final String PROPERTY = "SeraiReceipt";

  /** What an append found. */
  public enum Status {
    /** New: stored, and delivered to every matching subscription. */
    ACCEPTED,
    /** The key is known with this body: counted on the original, nothing else. */
    DUPLICATE,
    /** The key is known with a different body: stored beside the original, not delivered. */
    CONFLICT
  }
}
