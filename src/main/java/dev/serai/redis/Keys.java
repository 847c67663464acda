package dev.serai.redis;

/**
 * The one place that builds keys, so that the list of them in {@code docs/redis.md} is complete.
 */
public final class Keys {

  private final String prefix;

  Keys(String prefix) {
    this.prefix = prefix;
  }

  /** The stream of hints to a subscription's deliveries. */
  public String bus(String subscription) {
    return prefix + "bus:" + subscription;
  }
}
