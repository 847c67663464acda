package dev.serai.queue;

import dev.serai.event.Claimed;
import java.time.Instant;

/**
 * A job as its row says who has it.
 *
 * @param delivery with the token of its last claim
 * @param held whether a worker outside has it
 * @param cancel whether somebody wants it cancelled
 */
record HeldJob(Claimed delivery, boolean held, boolean cancel, int maxAttempts, Instant startedAt) {

  boolean isHeldBy(int token) {
    return held && delivery.token() == token;
  }
}
