package dev.serai.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How Redis is.
 *
 * @param problem what an operator must mend, or null
 * @param details version, memory, eviction policy, clients, latency
 */
public record Condition(@Nullable String problem, Map<String, Object> details) {

  /** Under these, keys without expiry stay: hints, and all that must not vanish. */
  private static final Set<String> KEEPING =
      Set.of("noeviction", "volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl");

  private static final Set<String> SHOWN =
      Set.of(
          "redis_version",
          "used_memory_human",
          "maxmemory_human",
          "maxmemory_policy",
          "connected_clients");

  /** Reads what {@code INFO} says; {@code CONFIG}, which would say it too, is refused by hosts. */
  static Condition of(ServerInfo info, Duration latency) {
    Map<String, Object> details = new LinkedHashMap<>();
    info.values()
        .forEach(
            (name, value) -> {
              if (SHOWN.contains(name)) {
                details.put(name, value);
              }
            });
    details.put("latency_ms", latency.toNanos() / 1_000 / 1_000.0);
    return new Condition(problem(info), details);
  }

  private static @Nullable String problem(ServerInfo info) {
    String policy = info.values().get("maxmemory_policy");
    if (policy != null && !KEEPING.contains(policy)) {
      return "maxmemory-policy is '%s', under which Redis throws away what must stay; set noeviction"
          .formatted(policy);
    }
    double most = info.number("maxmemory");
    // What replicas and the log of changes need does not count, but INFO does not tell all of it.
    if (most > 0 && info.number("used_memory") - info.number("mem_not_counted_for_evict") >= most) {
      return "Redis is full (maxmemory %s, %s), so it takes nothing new; give it more, or let keys end"
          .formatted(info.values().getOrDefault("maxmemory_human", ""), policy);
    }
    return null;
  }
}
