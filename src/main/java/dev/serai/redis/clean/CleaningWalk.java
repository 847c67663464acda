package dev.serai.redis.clean;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One way through all keys of the hub, page by page. As text: what was found so far. */
public final class CleaningWalk {

  private static final int PAGE = 500;

  /** Keys that one script looks at: Redis does nothing else meanwhile. */
  private static final int GROUP = 100;

  private static final int PAGES_OF_A_STEP = 20;
  private static final int SAMPLES = 10;

  private final Redis redis;
  private final List<CleanRule> rules;
  private final ScanArgs args;
  private final boolean dryRun;
  private final Map<CleanRule, List<String>> samples = new LinkedHashMap<>();
  private final Map<CleanRule, Long> counts = new LinkedHashMap<>();
  private final long about;
  private ScanCursor cursor = ScanCursor.INITIAL;
  private long scanned;

  CleaningWalk(Redis redis, Keys keys, List<CleanRule> rules, boolean dryRun) {
    this.redis = redis;
    this.rules = rules;
    this.args = ScanArgs.Builder.limit(PAGE).match(keys.pattern());
    this.dryRun = dryRun;
    this.about = redis.require().sync().dbsize();
    rules.forEach(rule -> counts.put(rule, 0L));
  }

  /** Looks at some thousand keys; whether there are others. */
  boolean step() {
    for (int i = 0; i < PAGES_OF_A_STEP && !cursor.isFinished(); i++) {
      page();
    }
    return !cursor.isFinished();
  }

  /** Looks at some hundred keys; whether there are others. */
  boolean page() {
    StatefulRedisConnection<String, String> connection = redis.require();
    KeyScanCursor<String> found = connection.sync().scan(cursor, args);
    List<String> names = found.getKeys().stream().distinct().toList();
    for (CleanRule rule : rules) {
      List<String> own = names.stream().filter(name -> name.startsWith(rule.prefix())).toList();
      List<String> candidates = List.copyOf(rule.candidates().of(Set.copyOf(own)));
      for (int i = 0; i < candidates.size(); i += GROUP) {
        int end = Math.min(candidates.size(), i + GROUP);
        count(rule, remove(connection, rule, candidates.subList(i, end)));
      }
    }
    scanned += names.size();
    cursor = found;
    return !cursor.isFinished();
  }

  private List<String> remove(
      StatefulRedisConnection<String, String> connection, CleanRule rule, List<String> names) {
    String[] arguments =
        Stream.concat(Stream.of(dryRun ? "dry" : "remove"), rule.arguments().stream())
            .toArray(String[]::new);
    return rule.script().run(connection, ScriptOutputType.MULTI, names, arguments);
  }

  private void count(CleanRule rule, List<String> removed) {
    counts.merge(rule, (long) removed.size(), Long::sum);
    List<String> shown = samples.computeIfAbsent(rule, r -> new ArrayList<>());
    removed.stream().limit(SAMPLES - (long) shown.size()).forEach(shown::add);
  }

  /** How many were removed, or would be. */
  public long removed() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** About how far it is, in per cent: Redis may have keys of others. */
  public long percent() {
    return cursor.isFinished() ? 100 : Math.min(99, 100 * scanned / Math.max(1, about));
  }

  /** What each rule has found so far. */
  public Cleaning result() {
    return new Cleaning(
        dryRun,
        scanned,
        cursor.isFinished(),
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

  @Override
  public String toString() {
    String found =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getKey().name() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return "%s keys looked at, %s removed%s%s"
        .formatted(scanned, removed(), found.isEmpty() ? "" : ": ", found);
  }
}
