package dev.serai.event;

import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ids of events: UUIDv7 (RFC 9562), so that their order is that of their millisecond of receipt.
 */
public final class EventIds {

  /** An id has 48 bits for the milliseconds. */
  private static final Instant LATEST = Instant.ofEpochMilli((1L << 48) - 1);

  /** As PostgreSQL orders them; Java takes the halves of an id for signed numbers. */
  public static final Comparator<UUID> ORDER =
      (one, other) -> {
        int high =
            Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return high != 0
            ? high
            : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
      };

  private final TimeBasedEpochGenerator generator;

  EventIds(Clock clock) {
    this.generator =
        new TimeBasedEpochGenerator(
            new SecureRandom(),
            new UUIDClock() {
              @Override
              public long currentTimeMillis() {
                return clock.millis();
              }
            });
  }

  /** A new id; greater than those this hub gave out in the same millisecond. */
  public UUID next() {
    return generator.generate();
  }

  /**
   * The id of the trace that an event belongs to (W3C Trace Context): of the one that it was caused
   * in, or of the one that begins with it, which has its id's bytes.
   *
   * @param cause what caused it, as it is kept with the event: {@code 00-<trace id>-...}
   */
  public static String traceId(UUID id, @Nullable String cause) {
    return cause == null ? id.toString().replace("-", "") : cause.substring(3, 35);
  }

  /**
   * The least id of a time, for ranges of ids that are ranges of time.
   *
   * @throws IllegalArgumentException when no id can have this time
   */
  public static UUID least(Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new IllegalArgumentException("No id has the time " + time);
    }
    return new UUID(time.toEpochMilli() << 16, 0);
  }
}
