package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.TestHub;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** Is there one invoice of each workspace when the hub is killed while it issues one of them? */
class InvoicingIT {

  private static final int WORKSPACES = 200;
  private static final Duration SOON = Duration.ofMinutes(2);

  /** Kept from being written until the hub is dead: its number is taken by then. */
  private static final String HELD =
      "insert into serai.document (kind, workspace, period, data, html)"
          + " values ('invoice', 'ws-%s', '2024-10', '{}', '')";

  @Test
  void theSameInvoicesWithTheSameNumbersAndOneEventEach() throws Exception {
    try (HubProcess hub = new HubProcess("invoicing", Map.of())) {
      for (String folder : List.of("jobs/billing", "schemas")) {
        FileSystemUtils.copyRecursively(
            Path.of("routes", folder), hub.folder().resolve("routes").resolve(folder));
      }
      hub.ensureReady();
      JdbcClient jdbc = Ledger.of(hub).jdbc();
      jdbc.sql(
              """
              insert into billing.price (metric, valid_from, currency, amount)
              values ('things', '2024-01', 'eur', 2.5);
              insert into analytics.usage (workspace, day, metric, quantity, events)
              select 'ws-' || lpad(n::text, 3, '0'), '2024-10-01'::date + mod(n, 31), 'things', n, 1
              from generate_series(1, %s) as n;
              """
                  .formatted(WORKSPACES))
          .update();
      List<Map<String, Object>> before;
      String run;
      try (Connection other = Ledger.source(hub, "serai").getConnection()) {
        other.setAutoCommit(false);
        other.createStatement().execute(HELD.formatted("101"));
        run = start(hub);
        await().atMost(SOON).until(() -> number(jdbc, BLOCKED) == 1);
        hub.kill9();
        before = jdbc.sql("select * from billing.invoice order by number").query().listOfRows();
        assertThat(before).hasSize(100);
        other.rollback();
      }
      hub.ensureReady();
      await().atMost(SOON).until(() -> state(hub, run).contains("\"state\":\"done\""));

      assertThat(state(hub, run)).contains("2024-10: 200 issued").contains("\"attempts\":2");
      List<Map<String, Object>> after =
          jdbc.sql("select * from billing.invoice order by number").query().listOfRows();
      assertThat(after).hasSize(WORKSPACES);
      assertThat(after.subList(0, before.size())).isEqualTo(before);
      assertThat(number(jdbc, "select max(substr(number, 6)::int) - count(*) from billing.invoice"))
          .as("numbers that no invoice has")
          .isZero();
      assertThat(number(jdbc, "select sum(total) from billing.invoice")).isEqualTo(total());
      assertThat(number(jdbc, TOLD)).as("invoices that were told of once").isEqualTo(WORKSPACES);
      assertThat(number(jdbc, "select count(*) from serai.event where type = 'invoice.issued'"))
          .isEqualTo(WORKSPACES);
    }
  }

  private static final String BLOCKED =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%into"
          + " serai.document%'";

  private static final String TOLD =
      """
      select count(*) from billing.invoice i join serai.document d
        on d.kind = 'invoice' and d.workspace = i.workspace and d.period = i.period
          and d.data ->> 'number' = i.number and d.html like '%' || i.number || '%'
      where 1 = (select count(*) from serai.event e
        where e.type = 'invoice.issued' and e.subject = i.number and e.workspace = i.workspace)
      """;

  private static long total() {
    long total = 0;
    for (int n = 1; n <= WORKSPACES; n++) {
      total += (5L * n + 1) / 2; // 2.5 each, half up
    }
    return total;
  }

  private static String start(HubProcess hub) throws Exception {
    return new Api(hub.url(), TestHub.API_KEY)
        .post("/api/v1/jobs/generate-invoice/run", "{\"parameters\":{\"period\":\"2024-10\"}}")
        .json()
        .path("id")
        .asText();
  }

  private static String state(HubProcess hub, String run) throws Exception {
    return hub.isReady() ? hub.get("/api/v1/runs/" + run).body() : "";
  }

  private static long number(JdbcClient jdbc, String query) {
    return jdbc.sql(query).query(Long.class).single();
  }
}
