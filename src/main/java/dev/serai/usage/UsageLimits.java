package dev.serai.usage;

import dev.serai.event.EventLog;
import dev.serai.event.NewDelivery;
import dev.serai.event.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;

/** Sets what workspaces may use. */
final class UsageLimits {

  /** Held until the commit, like whoever counts holds it: one of the two sees the other. */
  private static final String HOLD =
      """
      insert into serai.usage_month as m (workspace, month, records, tokens, cost)
      values (?, ?, 0, 0, 0) on conflict (workspace, month) do update set records = m.records
      """;

  private static final String SET =
      """
      insert into serai.usage_limit as l (workspace, tokens, cost, thresholds, version, changed_at)
      values (?, ?, ?, ?, 1, ?)
      on conflict (workspace) do update set tokens = excluded.tokens, cost = excluded.cost,
        thresholds = excluded.thresholds, version = l.version + 1, changed_at = excluded.changed_at
      """;

  private final DataSource engine;
  private final EventLog log;
  private final LimitNews news;
  private final HotUsage hot;

  UsageLimits(DataSource engine, EventLog log, LimitNews news, HotUsage hot) {
    this.engine = engine;
    this.log = log;
    this.news = news;
    this.hot = hot;
  }

  /** Sets the limit, and tells of what of it is reached already in this month. */
  UsageTotal set(UsageTotals.Of of, UsageLimit limit, Instant now) throws SQLException {
    List<UsageTotal> totals;
    List<NewDelivery> made;
    try (Connection connection = engine.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
        hold.setString(1, of.workspace());
        hold.setString(2, of.month());
        hold.executeUpdate();
      }
      try (PreparedStatement set = connection.prepareStatement(SET)) {
        set.setString(1, of.workspace());
        set.setObject(2, limit.tokens());
        set.setBigDecimal(3, limit.cost());
        set.setArray(4, connection.createArrayOf("int", limit.thresholds().toArray()));
        set.setObject(5, Times.utc(now));
        set.executeUpdate();
      }
      totals = UsageTotals.read(connection, Set.of(of));
      made = news.tell(connection, totals, now).deliveries();
      connection.commit();
    }
    log.committed(made);
    hot.keep(totals);
    return totals.getFirst();
  }
}
