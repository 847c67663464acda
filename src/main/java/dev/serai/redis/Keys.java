package dev.serai.redis;

/**
 * The one place that builds keys, so that the list of them in {@code docs/redis.md} is complete.
 *
 * <p>Names from outside become one segment of a key each: in all but the last, {@code :} and {@code
 * %} are written {@code %3A} and {@code %25}, so that no two names make one key.
 */
public final class Keys {

  private final String prefix;

  Keys(String prefix) {
    this.prefix = prefix;
  }

  /** What every key of this hub begins with. */
  public String prefix() {
    return prefix;
  }

  /** The stream of hints to a subscription's deliveries. */
  public String bus(String subscription) {
    return prefix + "bus:" + subscription;
  }

  /** The same for deliveries with a priority above 0. */
  public String urgentBus(String subscription) {
    return prefix + "bus:" + subscription + ":urgent";
  }

  /** How much of its rate a subscription has used up. */
  public String busRate(String subscription) {
    return prefix + "bus-rate:" + subscription;
  }

  /** Which deliveries of a subscription have failed in a row, for its breaker. */
  public String busFailures(String subscription) {
    return prefix + "bus-failures:" + subscription;
  }

  /** A session. */
  public String session(String id) {
    return prefix + "session:" + id;
  }

  /** A cached value of a workspace. */
  public String cache(String workspace, String key) {
    return prefix + "cache:" + segment(workspace) + ":" + key;
  }

  /** The requests of a subject to an endpoint, for its rate limit. */
  public String rate(String subject, String endpoint) {
    return prefix + "rate:" + segment(subject) + ":" + endpoint;
  }

  /** What Redis knows of a queue. */
  public String queue(String name) {
    return prefix + "queue:" + name;
  }

  /** A channel that is published to. */
  public String channel(String name) {
    return prefix + "pubsub:" + name;
  }

  /** The lock of a resource. */
  public String lock(String resource) {
    return prefix + "lock:" + resource;
  }

  /** What a workspace has used in a period. */
  public String usage(String workspace, String period) {
    return prefix + "usage:" + segment(workspace) + ":" + period;
  }

  /** A small value of the {@link Store}. */
  public String store(String name) {
    return prefix + "store:" + name;
  }

  /** The sessions of a user, by their ends. */
  public String sessionsOf(String user) {
    return prefix + "session-user:" + user;
  }

  /** The generation of each workspace's cached values that was ever cleared. */
  public String cacheGenerations() {
    return prefix + "cache-generations";
  }

  /** Who computes a cached value. */
  public String cacheComputation(String workspace, String key) {
    return prefix + "cache-computation:" + segment(workspace) + ":" + key;
  }

  /** Why a computation failed, for those who wait for it. */
  public String cacheFailure(String token) {
    return prefix + "cache-failure:" + token;
  }

  /** The last token of a resource's lock. */
  public String lockToken(String resource) {
    return prefix + "lock-token:" + resource;
  }

  /** The pattern of all keys of this hub, for SCAN. */
  public String pattern() {
    return prefix.replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1") + "*";
  }

  /** Whether a key is meant to have no expiry. */
  public boolean isLasting(String key) {
    return key.equals(cacheGenerations()) || key.startsWith(bus(""));
  }

  /** What a key of this hub is: its part behind the prefix, as {@code cache}. */
  public String kind(String key) {
    return key.substring(prefix.length()).split(":", 2)[0];
  }

  private static String segment(String name) {
    return name.replace("%", "%25").replace(":", "%3A");
  }
}
