package dev.serai.usage;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adds records to the tables. Rows are locked in one order, so that no two hubs wait for each
 * other: keys, then months, then days.
 */
final class UsageSums {

  private static final String MONTHS =
      """
      insert into serai.usage_month as m (workspace, month, records, tokens, cost)
      select * from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::numeric[])
        as n (workspace, month, records, tokens, cost) order by 1, 2
      on conflict (workspace, month) do update set records = m.records + excluded.records,
        tokens = m.tokens + excluded.tokens, cost = m.cost + excluded.cost
      """;

  private static final String DAYS =
      """
      insert into serai.usage_day as d (workspace, agent, day, records, tokens, cost)
      select * from unnest(?::text[], ?::text[], ?::date[], ?::bigint[], ?::bigint[], ?::numeric[])
        as n (workspace, agent, day, records, tokens, cost) order by 1, 2, 3
      on conflict (workspace, day, agent) do update set records = d.records + excluded.records,
        tokens = d.tokens + excluded.tokens, cost = d.cost + excluded.cost
      """;

  private UsageSums() {}

  static void add(Connection connection, Collection<UsageRecord> records) throws SQLException {
    addMonths(connection, sums(records, one -> List.of(one.workspace(), one.month())));
    addDays(
        connection,
        sums(records, one -> List.of(one.workspace(), one.agent(), one.day().toString())));
  }

  private static Map<List<String>, Sum> sums(
      Collection<UsageRecord> records, Function<UsageRecord, List<String>> group) {
    return records.stream()
        .collect(
            Collectors.toMap(
                group, one -> new Sum(1, one.tokens(), one.cost()), Sum::plus, LinkedHashMap::new));
  }

  private static void addMonths(Connection connection, Map<List<String>, Sum> sums)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(MONTHS)) {
      names(connection, insert, sums, 0);
      names(connection, insert, sums, 1);
      amounts(connection, insert, sums, 3);
      insert.executeUpdate();
    }
  }

  private static void addDays(Connection connection, Map<List<String>, Sum> sums)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(DAYS)) {
      names(connection, insert, sums, 0);
      names(connection, insert, sums, 1);
      Date[] days =
          sums.keySet().stream().map(name -> Date.valueOf(name.get(2))).toArray(Date[]::new);
      insert.setArray(3, connection.createArrayOf("date", days));
      amounts(connection, insert, sums, 4);
      insert.executeUpdate();
    }
  }

  private static void names(
      Connection connection, PreparedStatement insert, Map<List<String>, Sum> sums, int place)
      throws SQLException {
    String[] names = sums.keySet().stream().map(name -> name.get(place)).toArray(String[]::new);
    insert.setArray(place + 1, connection.createArrayOf("text", names));
  }

  private static void amounts(
      Connection connection, PreparedStatement insert, Map<List<String>, Sum> sums, int from)
      throws SQLException {
    insert.setArray(from, connection.createArrayOf("bigint", column(sums, Sum::records)));
    insert.setArray(from + 1, connection.createArrayOf("bigint", column(sums, Sum::tokens)));
    insert.setArray(from + 2, connection.createArrayOf("numeric", column(sums, Sum::cost)));
  }

  private static Object[] column(Map<List<String>, Sum> sums, Function<Sum, Object> value) {
    return sums.values().stream().map(value).toArray();
  }

  /** What several records make together. */
  private record Sum(long records, long tokens, BigDecimal cost) {

    Sum plus(Sum other) {
      return new Sum(
          Math.addExact(records, other.records),
          Math.addExact(tokens, other.tokens),
          cost.add(other.cost));
    }
  }
}
