package dev.serai.usage;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what workspaces have used and may use. */
final class UsageTotals {

  private static final String SELECT =
      """
      select n.workspace, n.month, coalesce(m.records, 0) as records,
        coalesce(m.tokens, 0) as tokens, coalesce(m.cost, 0) as cost, l.tokens as limit_tokens,
        l.cost as limit_cost, l.thresholds, coalesce(l.version, 0) as version
      from unnest(?::text[], ?::text[]) as n (workspace, month)
      left join serai.usage_month m on m.workspace = n.workspace and m.month = n.month
      left join serai.usage_limit l on l.workspace = n.workspace
      """;

  private UsageTotals() {}

  /** A workspace and a month. */
  record Of(String workspace, String month) {}

  static List<UsageTotal> read(Connection connection, Collection<Of> wanted) throws SQLException {
    String[] workspaces = wanted.stream().map(Of::workspace).toArray(String[]::new);
    String[] months = wanted.stream().map(Of::month).toArray(String[]::new);
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("text", workspaces));
      select.setArray(2, connection.createArrayOf("text", months));
      List<UsageTotal> totals = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          totals.add(
              new UsageTotal(
                  rows.getString("workspace"),
                  rows.getString("month"),
                  rows.getLong("records"),
                  rows.getLong("tokens"),
                  rows.getBigDecimal("cost"),
                  limit(rows)));
        }
      }
      return totals;
    }
  }

  private static UsageLimit limit(ResultSet row) throws SQLException {
    Array thresholds = row.getArray("thresholds");
    if (thresholds == null) {
      return UsageLimit.NONE;
    }
    @Nullable Long tokens = row.getObject("limit_tokens", Long.class);
    @Nullable BigDecimal cost = row.getBigDecimal("limit_cost");
    return new UsageLimit(
        tokens, cost, Arrays.asList((Integer[]) thresholds.getArray()), row.getLong("version"));
  }
}
