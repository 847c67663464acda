package dev.serai.redis;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How Redis is.
 *
 * @param problem what an operator must mend, or null
 * @param details version, memory, eviction policy, clients
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
  static Condition of(String info) {
    Map<String, Object> details = new LinkedHashMap<>();
    info.lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2 && SHOWN.contains(parts[0]))
        .forEach(parts -> details.put(parts[0], parts[1].strip()));
    Object policy = details.get("maxmemory_policy");
    String problem =
        policy == null || KEEPING.contains(policy)
            ? null
            : "maxmemory-policy is '%s', under which Redis throws away what must stay; set noeviction"
                .formatted(policy);
    return new Condition(problem, details);
  }
}
