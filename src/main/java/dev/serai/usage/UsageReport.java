package dev.serai.usage;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a workspace has used in a month, of one moment.
 *
 * @param total of all
 * @param agents by agent, the most tokens first
 * @param days by day; days without use are left out
 */
public record UsageReport(Row total, List<Row> agents, List<Row> days) {

  private static final String SELECT =
      """
      select agent, day, coalesce(sum(records), 0) as records, coalesce(sum(tokens), 0) as tokens,
        coalesce(sum(cost), 0) as cost
      from serai.usage_day where workspace = ? and day between ? and ?
      group by grouping sets ((agent), (day), ())
      order by day, tokens desc, agent
      """;

  /**
   * A sum.
   *
   * @param agent whose; null for all
   * @param day when; null for the whole month
   */
  public record Row(
      @Nullable String agent,
      @Nullable LocalDate day,
      long records,
      BigDecimal tokens,
      BigDecimal cost) {}

  static UsageReport read(DataSource reads, String workspace, YearMonth month) {
    List<Row> agents = new ArrayList<>();
    List<Row> days = new ArrayList<>();
    Row total = new Row(null, null, 0, BigDecimal.ZERO, BigDecimal.ZERO);
    for (Row row :
        JdbcClient.create(reads)
            .sql(SELECT)
            .params(workspace, month.atDay(1), month.atEndOfMonth())
            .query(
                (rows, number) ->
                    new Row(
                        rows.getString("agent"),
                        rows.getObject("day", LocalDate.class),
                        rows.getLong("records"),
                        rows.getBigDecimal("tokens"),
                        rows.getBigDecimal("cost")))
            .list()) {
      if (row.agent != null) {
        agents.add(row);
      } else if (row.day != null) {
        days.add(row);
      } else {
        total = row;
      }
    }
    return new UsageReport(total, agents, days);
  }
}
