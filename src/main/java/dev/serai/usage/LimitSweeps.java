package dev.serai.usage;

import dev.serai.event.EventLog;
import dev.serai.event.StorageException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Looks at limits again, for thresholds that are reached and that nobody was told of. For routes,
 * by the name {@code limitSweeps}.
 */
public final class LimitSweeps {

  private static final int AT_A_TIME = 100;

  /**
   * In the order in which those who count lock them. Who has used nothing has reached no limit; who
   * has no limit is not looked at.
   */
  private static final String HOLD =
      """
      select m.workspace from serai.usage_month m
        join serai.usage_limit l on l.workspace = m.workspace
      where m.month = ? and m.workspace > ? and ? in ('', m.workspace)
      order by m.workspace limit ? for update of m
      """;

  private final DataSource engine;
  private final EventLog log;
  private final LimitNews news;
  private final Clock clock;

  LimitSweeps(DataSource engine, EventLog log, LimitNews news, Clock clock) {
    this.engine = engine;
    this.log = log;
    this.news = news;
    this.clock = clock;
  }

  /**
   * Nothing is looked at yet.
   *
   * @param month whose usage is looked at: {@code 2026-11}
   * @param workspace the only one to look at; all, if empty
   */
  public LimitSweep begin(String month, String workspace) {
    return new LimitSweep(month, workspace, "", 0, 0, true);
  }

  /**
   * Looks at the next hundred workspaces and emits what was not told before.
   *
   * @throws StorageException when nothing is known to be emitted
   */
  public LimitSweep goOn(LimitSweep sweep) {
    try {
      return next(sweep);
    } catch (SQLException e) {
      throw new StorageException("The limits can't be looked at: " + e.getMessage(), e);
    }
  }

  private LimitSweep next(LimitSweep sweep) throws SQLException {
    List<UsageTotals.Of> held;
    LimitNews.Told told;
    try (Connection connection = engine.getConnection()) {
      connection.setAutoCommit(false);
      held = hold(connection, sweep);
      told = news.tell(connection, UsageTotals.read(connection, held), clock.instant());
      connection.commit();
    }
    log.committed(told.deliveries());
    return new LimitSweep(
        sweep.month(),
        sweep.workspace(),
        held.isEmpty() ? sweep.last() : held.getLast().workspace(),
        sweep.checked() + held.size(),
        sweep.told() + told.events(),
        held.size() == AT_A_TIME);
  }

  private static List<UsageTotals.Of> hold(Connection connection, LimitSweep sweep)
      throws SQLException {
    List<UsageTotals.Of> held = new ArrayList<>();
    try (PreparedStatement hold = connection.prepareStatement(HOLD)) {
      hold.setString(1, sweep.month());
      hold.setString(2, sweep.last());
      hold.setString(3, sweep.workspace());
      hold.setInt(4, AT_A_TIME);
      try (ResultSet rows = hold.executeQuery()) {
        while (rows.next()) {
          held.add(new UsageTotals.Of(rows.getString(1), sweep.month()));
        }
      }
    }
    return held;
  }
}
