package dev.serai.redis.clean;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once through all keys of the hub, group by group, and removes what the rules call left over.
 * Others go on meanwhile; a second run at the same time finds less, and does no harm.
 */
public final class Cleaner {

  private static final Logger log = LoggerFactory.getLogger(Cleaner.class);

  private static final String ALL = "*";
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Redis redis;
  private final Keys keys;
  private final List<CleanRule> rules;

  Cleaner(Redis redis, Keys keys, List<CleanRule> rules) {
    this.redis = redis;
    this.keys = keys;
    this.rules = List.copyOf(rules);
  }

  /**
   * Cleans by all rules.
   *
   * @param dryRun only looks
   * @param limit ends once it has removed so many keys
   * @throws dev.serai.redis.RedisUnavailableException when Redis can't be reached
   */
  public Cleaning clean(boolean dryRun, int limit) {
    CleaningWalk walk = new CleaningWalk(redis, keys, rules, dryRun);
    long end = System.nanoTime() + LONGEST.toNanos();
    boolean more;
    do {
      more = walk.page();
    } while (more && walk.removed() < limit && System.nanoTime() - end <= 0);
    Cleaning cleaning = walk.result();
    if (!dryRun && walk.removed() > 0) {
      log.info("Removed {} keys of Redis that were left over: {}", walk.removed(), walk);
    }
    return cleaning;
  }

  /**
   * Begins to clean by some rules, in steps.
   *
   * @param names of the rules, separated by commas; {@code *} for all
   * @throws IllegalArgumentException when there is no rule of a name
   * @throws dev.serai.redis.RedisUnavailableException when Redis can't be reached
   */
  public CleaningWalk begin(String names) {
    if (names.equals(ALL)) {
      return new CleaningWalk(redis, keys, rules, false);
    }
    List<String> wanted = Arrays.stream(names.split(",")).map(String::strip).toList();
    List<String> known = rules.stream().map(CleanRule::name).toList();
    if (!known.containsAll(wanted)) {
      throw new IllegalArgumentException(
          "There are no rules '%s'; there are %s".formatted(names, known));
    }
    List<CleanRule> some = rules.stream().filter(rule -> wanted.contains(rule.name())).toList();
    return new CleaningWalk(redis, keys, some, false);
  }

  /**
   * Looks at some thousand keys.
   *
   * @return whether there are others
   * @throws dev.serai.redis.RedisUnavailableException when Redis can't be reached
   */
  public boolean step(CleaningWalk walk) {
    return walk.step();
  }
}
