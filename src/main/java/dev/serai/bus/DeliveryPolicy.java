package dev.serai.bus;

import dev.serai.event.Backoff;
import dev.serai.event.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription's deliveries are attempted.
 *
 * @param retries how many times a failed first attempt is repeated
 * @param backoff the longest wait before the first retry; it doubles with every further one
 * @param maxBackoff the most it grows to
 * @param maxAge how old an event may be at a retry, or null for any age
 * @param timeout how long one attempt may take
 * @param concurrency attempts at a time on this hub
 * @param transaction whether the route's SQL and the end of the delivery are one transaction
 * @param batch how many at a time
 * @param fatal simple or full names of exceptions that no retry can mend
 */
record DeliveryPolicy(
    int retries,
    Duration backoff,
    Duration maxBackoff,
    @Nullable Duration maxAge,
    Duration timeout,
    int concurrency,
    boolean transaction,
    BatchPolicy batch,
    Set<String> fatal) {

  /** When to try again after an attempt that failed. */
  Duration delay(Backoff random, int attempt) {
    return random.delay(backoff, maxBackoff, attempt);
  }

  int maxAttempts() {
    return retries + 1;
  }

  /** Whether an attempt that failed is not repeated: it was the last, or the event gets too old. */
  boolean isLast(Claimed delivery, Instant retryAt) {
    return delivery.attempt() >= maxAttempts()
        || maxAge != null && retryAt.isAfter(delivery.event().receivedAt().plus(maxAge));
  }
}
