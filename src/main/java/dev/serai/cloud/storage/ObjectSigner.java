package dev.serai.cloud.storage;

import java.time.Instant;

/** Makes addresses that open one object for a time. */
interface ObjectSigner {

  /** From when on the time of a permit counts. */
  Instant now();

  /** The address for a permit. */
  SignedAddress sign(Permit permit) throws ObjectException;
}
