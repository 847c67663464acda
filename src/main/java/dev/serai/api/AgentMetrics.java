package dev.serai.api;

import dev.serai.event.Times;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What agents did lately, from the executions that were told of. The names come from outside: the
 * busiest have labels of their own, all others are {@code other}.
 */
@Component
class AgentMetrics {

  static final int AGENTS = 20;
  static final int CURRENCIES = 5;

  private static final Duration LATELY = Duration.ofHours(24);
  private static final Duration KEPT = Duration.ofSeconds(30);

  private static final String RECENT =
      """
      with recent as materialized (
        select * from analytics.execution where happened_at >= :since
      ), agents as (
        select agent as name from recent group by agent order by count(*) desc, agent limit :agents
      ), currencies as (
        select currency as code from recent where cost is not null and currency is not null
        group by currency order by count(*) desc, currency limit :currencies
      )
      """;

  private static final String DONE =
      RECENT
          + """
          select coalesce(a.name, 'other') as agent, r.status, count(*) as executions,
            sum(r.tokens_in) as tokens_in, sum(r.tokens_out) as tokens_out
          from recent r left join agents a on a.name = r.agent, (select count(*) from currencies) c
          group by 1, 2
          """;

  private static final String TIMES =
      RECENT
          + """
          select coalesce(a.name, 'other') as agent,
            percentile_cont(0.5) within group (order by r.duration_ms) / 1000 as p50,
            percentile_cont(0.95) within group (order by r.duration_ms) / 1000 as p95,
            percentile_cont(0.99) within group (order by r.duration_ms) / 1000 as p99
          from recent r left join agents a on a.name = r.agent, (select count(*) from currencies) c
          where r.duration_ms is not null group by 1
          """;

  private static final String COSTS =
      RECENT
          + """
          select coalesce(a.name, 'other') as agent, coalesce(c.code, 'other') as currency,
            sum(r.cost) as cost
          from recent r left join agents a on a.name = r.agent
            left join currencies c on c.code = r.currency
          where r.cost is not null group by 1, 2
          """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private MetricSnapshots last = new MetricSnapshots();
  private Instant until = Instant.MIN;

  AgentMetrics(@Qualifier("readDataSource") DataSource reads, Clock clock) {
    this.jdbc = JdbcClient.create(reads);
    this.clock = clock;
  }

  /** Asked anew when the last answer is half a minute old. */
  synchronized MetricSnapshots snapshots() {
    Instant now = clock.instant();
    if (now.isAfter(until)) {
      last = read(now.minus(LATELY));
      until = now.plus(KEPT);
    }
    return last;
  }

  private MetricSnapshots read(Instant since) {
    var executions =
        new Family("serai_agent_executions", "Executions of agents within the last 24 hours");
    var tokens = new Family("serai_agent_tokens", "Tokens that they took in and gave out");
    var latency = new Family("serai_agent_latency_seconds", "How long they took, by percentile");
    var cost = new Family("serai_agent_cost", "What they cost, in the currency's own unit");
    ask(
        DONE,
        since,
        row -> {
          String agent = row.getString("agent");
          executions.add(
              Labels.of("agent", agent, "status", row.getString("status")),
              row.getDouble("executions"));
          tokens.add(Labels.of("agent", agent, "direction", "in"), row.getDouble("tokens_in"));
          tokens.add(Labels.of("agent", agent, "direction", "out"), row.getDouble("tokens_out"));
        });
    ask(
        TIMES,
        since,
        row -> {
          for (Map.Entry<String, String> share :
              Map.of("0.5", "p50", "0.95", "p95", "0.99", "p99").entrySet()) {
            latency.add(
                Labels.of("agent", row.getString("agent"), "quantile", share.getKey()),
                row.getDouble(share.getValue()));
          }
        });
    ask(
        COSTS,
        since,
        row ->
            cost.add(
                Labels.of("agent", row.getString("agent"), "currency", row.getString("currency")),
                row.getDouble("cost")));
    return new MetricSnapshots(
        executions.snapshot(), tokens.snapshot(), latency.snapshot(), cost.snapshot());
  }

  private void ask(String sql, Instant since, Taker taker) {
    jdbc.sql(sql)
        .param("since", Times.utc(since))
        .param("agents", AGENTS)
        .param("currencies", CURRENCIES)
        .query(taker::take);
  }

  /** Takes a row. */
  private interface Taker {
    void take(ResultSet row) throws SQLException;
  }

  /** A metric with its values; those of the same labels are one. */
  private record Family(String name, String help, Map<Labels, Double> values) {
    Family(String name, String help) {
      this(name, help, new TreeMap<>());
    }

    void add(Labels labels, double value) {
      values.merge(labels, value, Double::sum);
    }

    GaugeSnapshot snapshot() {
      return new GaugeSnapshot(
          new MetricMetadata(name, help),
          values.entrySet().stream()
              .map(value -> new GaugeDataPointSnapshot(value.getValue(), value.getKey(), null))
              .toList());
    }
  }
}
