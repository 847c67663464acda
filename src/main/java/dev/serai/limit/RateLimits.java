package dev.serai.limit;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import org.jspecify.annotations.Nullable;

/**
 * The limits of {@code serai.limits}, for the API and, by the name {@code rateLimits}, for routes.
 * Never more than the limit is allowed in any window of its length, over all hubs, and nothing is
 * refused that would have been within it.
 */
public final class RateLimits {

  private static final int MAX_NAME = 200;

  private final SlidingWindow window = new SlidingWindow();
  private final Redis redis;
  private final Keys keys;
  private final Tiers tiers;

  RateLimits(Redis redis, Keys keys, LimitSettings settings) {
    this.redis = redis;
    this.keys = keys;
    this.tiers = Tiers.of(settings);
  }

  /** Whether one more request is allowed; if so it is counted. For routes. */
  public boolean isAllowed(String subject, String endpoint) {
    return check(subject, endpoint, null, 1).allowed();
  }

  /**
   * Counts a request if it is allowed.
   *
   * @param subject who asks: a key, a workspace, a user
   * @param endpoint what is asked
   * @param tier the subject's; the configured one, if null
   * @param cost how much the request counts, 1 to the limit
   * @throws IllegalArgumentException naming the argument that makes no sense
   * @throws dev.serai.redis.RedisUnavailableException while Redis can't be reached
   */
  public RateUse check(String subject, String endpoint, @Nullable String tier, int cost) {
    return use(subject, endpoint, tier, cost, true);
  }

  /** Says what a check would, and counts nothing. */
  public RateUse peek(String subject, String endpoint, @Nullable String tier, int cost) {
    return use(subject, endpoint, tier, cost, false);
  }

  private RateUse use(
      String subject, String endpoint, @Nullable String tier, int cost, boolean take) {
    requireName("subject", subject);
    requireName("endpoint", endpoint);
    LimitRule rule = tiers.rule(subject, endpoint, tier);
    if (cost < 1 || cost > rule.limit()) {
      throw new IllegalArgumentException(
          "'cost' is %s; it must be 1 to %s, the limit of '%s'"
              .formatted(cost, rule.limit(), rule.pattern()));
    }
    return window.use(
        redis.require(),
        keys.rate(subject, rule.pattern()),
        new SlidingWindow.Ask(rule.limit(), rule.window(), cost, take));
  }

  private static void requireName(String argument, @Nullable String value) {
    if (value == null || value.isEmpty() || value.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "'%s' must be a text of 1 to %s characters".formatted(argument, MAX_NAME));
    }
  }
}
