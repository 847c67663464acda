package dev.serai.usage;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.Script;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The totals of months in Redis, where checks read them. Nothing is counted there: each is what
 * PostgreSQL said after a commit, and what is missing is read from there.
 */
final class HotUsage {

  /** Should a write be lost, what is read is no older than this. */
  private static final Duration LIFE = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(HotUsage.class);
  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** Beyond so many the end of their lives does what is left. */
  private static final int MOST_LOST = 10_000;

  private final Set<UsageTotals.Of> lost = ConcurrentHashMap.newKeySet();

  private final Script script = Script.of("usage");
  private final Redis redis;
  private final Keys keys;

  HotUsage(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** Without waiting; what can't be kept is {@link #takeLost lost}. */
  void keep(List<UsageTotal> totals) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    for (UsageTotal total : totals) {
      if (connection == null) {
        lose(total);
        continue;
      }
      script
          .start(
              connection,
              ScriptOutputType.INTEGER,
              List.of(keys.usage(total.workspace(), total.month())),
              Long.toString(total.records()),
              Long.toString(total.tokens()),
              total.cost().toPlainString(),
              Long.toString(total.limit().version()),
              text(total.limit().tokens()),
              total.limit().cost() == null ? "" : total.limit().cost().toPlainString(),
              Long.toString(LIFE.toMillis()))
          .whenComplete(
              (done, failure) -> {
                if (failure != null) {
                  lose(total);
                }
              });
    }
  }

  private void lose(UsageTotal total) {
    if (lost.size() < MOST_LOST) {
      lost.add(new UsageTotals.Of(total.workspace(), total.month()));
    }
  }

  /** What Redis has not been told, if it can be now; the caller tells it anew. */
  List<UsageTotals.Of> takeLost() {
    if (lost.isEmpty() || redis.shared() == null) {
      return List.of();
    }
    List<UsageTotals.Of> taken = List.copyOf(lost);
    taken.forEach(lost::remove);
    return taken;
  }

  private static String text(@Nullable Long number) {
    return number == null ? "" : number.toString();
  }

  /** Empty when it isn't there, or Redis isn't. The limit's thresholds are not kept. */
  Optional<UsageTotal> find(String workspace, String month) {
    StatefulRedisConnection<String, String> connection = redis.shared();
    if (connection == null || lost.contains(new UsageTotals.Of(workspace, month))) {
      return Optional.empty();
    }
    try {
      Map<String, String> fields =
          connection
              .async()
              .hgetall(keys.usage(workspace, month))
              .toCompletableFuture()
              .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return fields.containsKey("records") && fields.containsKey("version")
          ? Optional.of(total(workspace, month, fields))
          : Optional.empty();
    } catch (ExecutionException | TimeoutException | RedisException e) {
      log.debug("Usage is read from PostgreSQL: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static UsageTotal total(String workspace, String month, Map<String, String> fields) {
    String tokens = fields.getOrDefault("limit_tokens", "");
    String cost = fields.getOrDefault("limit_cost", "");
    return new UsageTotal(
        workspace,
        month,
        Long.parseLong(fields.get("records")),
        Long.parseLong(fields.get("tokens")),
        new BigDecimal(fields.get("cost")),
        new UsageLimit(
            tokens.isEmpty() ? null : Long.valueOf(tokens),
            cost.isEmpty() ? null : new BigDecimal(cost),
            List.of(),
            Long.parseLong(fields.get("version"))));
  }
}
