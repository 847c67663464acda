package dev.serai.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the deliveries of a subscription follow one another.
 *
 * @param by the attribute of an event, or the JSON pointer into its body, whose value is the key;
 *     null for no order
 * @param keyConcurrency how many deliveries of a key may run at a time, over all hubs; 1 is an
 *     order, more is a limit only
 * @param onDead what a dead letter means to the later deliveries of its key
 */
public record Ordering(@Nullable String by, int keyConcurrency, OnDead onDead) {

  /** Deliveries in any order. */
  public static final Ordering NONE = new Ordering(null, 1, OnDead.SKIP);

  /** What happens to the later deliveries of a key. */
  public enum OnDead {
    /** They go on. */
    SKIP,
    /** They wait until the dead letter is retried with success, edited or discarded. */
    BLOCK,
    /** They become dead letters too, in their order. */
    PARK;

    /** The word in options and tables. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such word
     */
    public static OnDead of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  boolean isSet() {
    return by != null;
  }

  /** Whether a dead letter holds up its key. */
  boolean deadHolds() {
    return onDead != OnDead.SKIP;
  }
}
