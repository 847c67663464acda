package dev.serai.redis;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** How long keys live, whatever they hold; and those that never end although they should. */
public final class Expiries {

  private static final int STEP = 500;

  /** Keys that others made may each be of a kind of its own. */
  private static final int MOST_KINDS = 50;

  private static final String OTHERS = "(others)";

  private final Redis redis;
  private final Keys keys;

  Expiries(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** How long a whole key will be there; empty if it is not there, or without an end. */
  public Optional<Duration> get(String key) {
    long left = redis.require().sync().pttl(own(key));
    return left < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(left));
  }

  /** Lets a whole key end after this time from now; whether it is there. */
  public boolean set(String key, Duration ttl) {
    return redis.require().sync().pexpire(own(key), Checks.millis("ttl", ttl));
  }

  /**
   * The same for a key that would end before; one that lives longer, or for ever, is left alone.
   */
  public boolean refresh(String key, Duration atLeast) {
    Checks.millis("ttl", atLeast);
    return get(key).filter(left -> left.compareTo(atLeast) < 0).isPresent() && set(key, atLeast);
  }

  private String own(String key) {
    if (!key.startsWith(keys.prefix())) {
      throw new InvalidValueException(
          "key", "is '%s'; it must begin with '%s'".formatted(key, keys.prefix()));
    }
    return key;
  }

  /**
   * Finds the hub's keys that have no end and are not meant to be so. It looks at some keys at a
   * time, so that others are served between; keys that come meanwhile may be left out.
   *
   * @param most keys to name
   */
  public Report withoutEnd(int most) {
    if (most < 1) {
      throw new InvalidValueException("limit", "is %s; it must be 1 or more".formatted(most));
    }
    List<String> endless = new ArrayList<>();
    Map<String, Long> kinds = new TreeMap<>();
    long looked = 0;
    long found = 0;
    long lasting = 0;
    RedisAsyncCommands<String, String> commands = redis.require().async();
    ScanArgs own = ScanArgs.Builder.matches(keys.pattern()).limit(STEP);
    ScanCursor cursor = ScanCursor.INITIAL;
    do {
      KeyScanCursor<String> page = Retry.await(commands.scan(cursor, own));
      List<CompletionStage<Long>> left = new ArrayList<>();
      page.getKeys().forEach(key -> left.add(commands.pttl(key)));
      for (int i = 0; i < left.size(); i++) {
        looked++;
        if (Retry.await(left.get(i)) != -1) {
          continue;
        }
        String key = page.getKeys().get(i);
        if (keys.isLasting(key)) {
          lasting++;
        } else {
          found++;
          String kind = keys.kind(key);
          boolean room = kinds.size() < MOST_KINDS || kinds.containsKey(kind);
          kinds.merge(room ? kind : OTHERS, 1L, Long::sum);
          if (endless.size() < most) {
            endless.add(key);
          }
        }
      }
      cursor = page;
    } while (!cursor.isFinished());
    return new Report(looked, lasting, found, endless, kinds);
  }

  /**
   * What was found.
   *
   * @param looked keys of this hub's prefix that were looked at
   * @param lasting those of them that have no end and are meant to have none
   * @param found those that have no end and should have one
   * @param keys the first of these
   * @param kinds how many of these there are, by what follows the prefix
   */
  public record Report(
      long looked, long lasting, long found, List<String> keys, Map<String, Long> kinds) {}
}
