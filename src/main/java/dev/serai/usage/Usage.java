package dev.serai.usage;

import dev.serai.event.StorageException;
import dev.serai.event.Times;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;

/** What workspaces use and may use, for the API and, by the name {@code usage}, for routes. */
public final class Usage {

  private static final Logger log = LoggerFactory.getLogger(Usage.class);
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final int KEYS_AT_A_TIME = 10_000;

  private final UsageWriter writer;
  private final UsageLimits limits;
  private final HotUsage hot;
  private final DataSource engine;
  private final DataSource reads;
  private final Duration keys;
  private final Clock clock;

  Usage(
      UsageWriter writer,
      UsageLimits limits,
      HotUsage hot,
      DataSource engine,
      DataSource reads,
      UsageSettings settings,
      Clock clock) {
    this.writer = writer;
    this.limits = limits;
    this.hot = hot;
    this.engine = engine;
    this.reads = reads;
    this.keys = settings.keys();
    this.clock = clock;
  }

  /**
   * Counts something that was used now; it is stored when this returns. For routes.
   *
   * @param cost a decimal number; nothing, if null or empty
   * @param agent what used it; nothing in particular, if null
   * @param key a second record of the workspace with it is not counted; an event's id, for one
   *     record an event
   * @return whether it was counted now, and not before
   * @throws StorageException when it is not known to be stored
   */
  public boolean record(
      String workspace, long tokens, @Nullable String cost, @Nullable String agent, String key)
      throws InterruptedException {
    BigDecimal amount = cost == null || cost.isEmpty() ? BigDecimal.ZERO : amount(cost);
    return count(
            List.of(
                new UsageRecord(
                    workspace, key, agent == null ? "" : agent, day(null), tokens, amount)))
        .getFirst();
  }

  private static BigDecimal amount(String cost) {
    try {
      return new BigDecimal(cost);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'cost' is '%s'; it must be a number".formatted(cost), e);
    }
  }

  /**
   * Counts records, all or none; they are stored when this returns.
   *
   * @return of each whether it was counted now, and not before
   * @throws StorageException when they are not known to be stored
   */
  public List<Boolean> count(List<UsageRecord> records) throws InterruptedException {
    return writer.count(records);
  }

  /**
   * The day (UTC) on which something counts.
   *
   * @param time when it was used; now, if null
   * @throws IllegalArgumentException naming {@code time} if that makes no sense
   */
  public LocalDate day(@Nullable Instant time) {
    Instant now = clock.instant();
    if (time != null && (time.isBefore(EARLIEST) || time.isAfter(now.plus(Duration.ofDays(1))))) {
      throw new IllegalArgumentException(
          "'time' is %s; it must be between %s and tomorrow".formatted(time, EARLIEST));
    }
    return LocalDate.ofInstant(time == null ? now : time, ZoneOffset.UTC);
  }

  /** The current month (UTC). */
  public YearMonth month() {
    return YearMonth.from(day(null));
  }

  /** What a workspace has used in a month, by agent and day. */
  public UsageReport report(String workspace, YearMonth month) {
    return UsageReport.read(reads, workspace, month);
  }

  /**
   * What a workspace has used in this month and may use: from Redis, where it is as of the last
   * commit, else from PostgreSQL. Thresholds are left out.
   */
  public UsageTotal current(String workspace) {
    String month = month().toString();
    return hot.find(workspace, month)
        .orElseGet(
            () -> {
              UsageTotal total = total(workspace, month);
              hot.keep(List.of(total));
              return total;
            });
  }

  /** Whether so many more tokens are within the workspace's limit of this month. For routes. */
  public boolean hasRoom(String workspace, long tokens) {
    UsageTotal current = current(workspace);
    return current.hasRoom(Measure.TOKENS, BigDecimal.valueOf(tokens))
        && current.hasRoom(Measure.COST, BigDecimal.ZERO);
  }

  /** What PostgreSQL says of a workspace's month. */
  public UsageTotal total(String workspace, YearMonth month) {
    return total(workspace, month.toString());
  }

  private UsageTotal total(String workspace, String month) {
    try (Connection connection = reads.getConnection()) {
      return UsageTotals.read(connection, Set.of(new UsageTotals.Of(workspace, month))).getFirst();
    } catch (SQLException e) {
      throw new StorageException("The usage can't be read: " + e.getMessage(), e);
    }
  }

  /** Sets what a workspace may use in a month; the version is the hub's to give. */
  public UsageTotal limit(String workspace, UsageLimit limit) {
    UsageRecord.requireWorkspace(workspace);
    try {
      return limits.set(new UsageTotals.Of(workspace, month().toString()), limit, clock.instant());
    } catch (SQLException e) {
      throw new StorageException("The limit can't be written: " + e.getMessage(), e);
    }
  }

  /** Tells Redis what it missed while it was away. */
  @Scheduled(fixedDelay = 500)
  void mend() {
    List<UsageTotals.Of> lost = hot.takeLost();
    if (lost.isEmpty()) {
      return;
    }
    try (Connection connection = reads.getConnection()) {
      hot.keep(UsageTotals.read(connection, lost));
    } catch (SQLException e) {
      log.debug(
          "Redis hears of {} totals when they end or change: {}", lost.size(), e.getMessage());
    }
  }

  /** Forgets keys that are old. */
  @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
  void forgetKeys() {
    JdbcClient jdbc = JdbcClient.create(engine);
    int forgotten;
    do {
      forgotten =
          jdbc.sql(
                  """
                  delete from serai.usage_key where (workspace, key) in (
                    select workspace, key from serai.usage_key where at < ? order by at limit ?)
                  """)
              .params(Times.utc(clock.instant().minus(keys)), KEYS_AT_A_TIME)
              .update();
    } while (forgotten == KEYS_AT_A_TIME);
  }
}
