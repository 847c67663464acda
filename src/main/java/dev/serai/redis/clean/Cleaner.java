package dev.serai.redis.clean;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes once through all keys of the hub, group by group, and removes what the rules call left over.
 * Others go on meanwhile; a second run at the same time finds less, and does no harm.
 */
public final class Cleaner {

  private static final Logger log = LoggerFactory.getLogger(Cleaner.class);

  private static final int GROUP = 500;
  private static final int SAMPLES = 10;
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
   * Cleans.
   *
   * @param dryRun only looks
   * @param limit ends once it has removed so many keys
   * @throws dev.serai.redis.RedisUnavailableException when Redis can't be reached
   */
  public Cleaning clean(boolean dryRun, int limit) {
    StatefulRedisConnection<String, String> connection = redis.require();
    Run run = new Run(connection, dryRun);
    ScanArgs args = ScanArgs.Builder.limit(GROUP).match(literal(keys.prefix()) + "*");
    long end = System.nanoTime() + LONGEST.toNanos();
    ScanCursor cursor = ScanCursor.INITIAL;
    boolean enough;
    do {
      KeyScanCursor<String> found = connection.sync().scan(cursor, args);
      run.look(found.getKeys());
      cursor = found;
      enough = run.removed() >= limit || System.nanoTime() - end > 0;
    } while (!cursor.isFinished() && !enough);
    Cleaning cleaning = run.result(cursor.isFinished());
    if (!dryRun && run.removed() > 0) {
      log.info("Removed {} keys of Redis that were left over: {}", run.removed(), cleaning.rules());
    }
    return cleaning;
  }

  private static String literal(String text) {
    return text.replaceAll("([\\\\*?\\[\\]^-])", "\\\\$1");
  }

  private final class Run {
    private final StatefulRedisConnection<String, String> connection;
    private final boolean dryRun;
    private final Map<CleanRule, List<String>> samples = new LinkedHashMap<>();
    private final Map<CleanRule, Long> counts = new LinkedHashMap<>();
    private long scanned;

    private Run(StatefulRedisConnection<String, String> connection, boolean dryRun) {
      this.connection = connection;
      this.dryRun = dryRun;
      rules.forEach(rule -> counts.put(rule, 0L));
    }

    private void look(List<String> found) {
      scanned += found.size();
      Map<CleanRule, Set<String>> byRule = new LinkedHashMap<>();
      for (String key : found) {
        rules.stream()
            .filter(rule -> key.startsWith(rule.prefix()))
            .findFirst()
            .ifPresent(rule -> byRule.computeIfAbsent(rule, r -> new HashSet<>()).add(key));
      }
      byRule.forEach(
          (rule, names) -> {
            Set<String> candidates = rule.candidates().of(names);
            if (!candidates.isEmpty()) {
              count(rule, remove(rule, candidates));
            }
          });
    }

    private List<String> remove(CleanRule rule, Set<String> names) {
      String[] arguments =
          Stream.concat(Stream.of(dryRun ? "dry" : "remove"), rule.arguments().stream())
              .toArray(String[]::new);
      return rule.script()
          .run(connection, ScriptOutputType.MULTI, new ArrayList<>(names), arguments);
    }

    private void count(CleanRule rule, List<String> removed) {
      counts.merge(rule, (long) removed.size(), Long::sum);
      List<String> shown = samples.computeIfAbsent(rule, r -> new ArrayList<>());
      removed.stream().limit(SAMPLES - (long) shown.size()).forEach(shown::add);
    }

    private long removed() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private Cleaning result(boolean complete) {
      return new Cleaning(
          dryRun,
          scanned,
          complete,
          counts.entrySet().stream()
              .map(
                  entry ->
                      new Cleaning.Found(
                          entry.getKey().name(),
                          entry.getKey().meaning(),
                          entry.getValue(),
                          samples.getOrDefault(entry.getKey(), List.of())))
              .toList());
    }
  }
}
