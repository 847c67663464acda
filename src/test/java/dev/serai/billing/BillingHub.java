package dev.serai.billing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.job.JobControl;
import dev.serai.job.RunRecord;
import dev.serai.job.RunTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A hub with a database of its own in which tests bill. */
final class BillingHub {

  /** Held by the tests that use it: they take turns. */
  static final String TURN = "billing hub";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Limits are looked at when a test asks for it. */
  private final TestHub hub = TestHub.start(Map.of("serai.jobs.check-usage-limits", "0 0 29 2 *"));

  private BillingHub() {}

  private static final class Shared {
    private static final BillingHub HUB = new BillingHub();
  }

  /** The one of all tests: nothing was used, nothing has a price, there are no invoices. */
  static BillingHub emptied() {
    // What a test before has left undone is not this one's.
    Shared.HUB.execute(
        "update serai.delivery set state = 'cancelled', open = false where open and state = 'ready'"
            + " and order_key in ('calculate-usage', 'generate-invoice', 'check-usage-limits')");
    Shared.HUB.execute(
        """
        delete from billing.invoice_line; delete from billing.invoice; delete from billing.usage;
        delete from billing.price; delete from billing.tax; delete from billing.party;
        delete from serai.document; delete from serai.usage_day; delete from serai.usage_month;
        delete from serai.usage_limit; delete from serai.usage_reached; delete from analytics.usage;
        """);
    return Shared.HUB;
  }

  TestHub hub() {
    return hub;
  }

  void execute(String sql, Object... parameters) {
    hub.database().sql(sql).params(List.of(parameters)).update();
  }

  /** The price of a metric for all workspaces since 2024. */
  void price(String metric, String currency, String amount, String per, String included) {
    execute(
        "insert into billing.price (metric, valid_from, currency, amount, per, included)"
            + " values (?, '2024-01', ?, ?::numeric, ?::numeric, ?::numeric)",
        metric,
        currency,
        amount,
        per,
        included);
  }

  /** Something was used, as the handlers of our own events count it. */
  void used(String workspace, String day, String metric, String quantity) {
    hub.database()
        .sql(
            "select analytics.use_1(?, (?::date + interval '12 hours') at time zone 'UTC',"
                + " jsonb_build_object(?::text, ?::numeric))::text")
        .params(workspace, day, metric, quantity)
        .query(String.class)
        .optional();
  }

  /** A whole run; it has to end well. */
  RunRecord run(String job, Map<String, ?> parameters) {
    UUID id = begin(job, parameters);
    await().atMost(PATIENCE).until(() -> !isOpen(id) || !failures(find(id)).isEmpty());
    return done(id);
  }

  UUID begin(String job, Map<String, ?> parameters) {
    return hub.bean(JobControl.class).run(job, parameters, null, "test");
  }

  /** One that has to end well the next time, whatever became of it before. */
  RunRecord again(UUID id) {
    execute("update serai.delivery set due_at = now() where event_id = ? and state = 'ready'", id);
    return done(ended(id).id());
  }

  RunRecord done(UUID id) {
    RunRecord run = find(id);
    if (!run.state().equals("done")) {
      throw new AssertionError(run + " after " + failures(run));
    }
    return run;
  }

  RunRecord ended(UUID id) {
    await().atMost(PATIENCE).until(() -> !isOpen(id));
    return find(id);
  }

  private boolean isOpen(UUID id) {
    return List.of("ready", "running").contains(find(id).state());
  }

  RunRecord find(UUID id) {
    return hub.bean(RunTable.class).run(id);
  }

  List<String> lines(UUID id) {
    return hub.bean(RunTable.class).lines(id, 0, 100).stream()
        .map(RunTable.Line::line)
        .distinct()
        .toList();
  }

  /** Why its first attempt failed. */
  String failure(UUID id) {
    await().atMost(PATIENCE).until(() -> !isOpen(id) || !failures(find(id)).isEmpty());
    return failures(find(id)).stream()
        .findFirst()
        .orElseThrow(() -> new AssertionError(String.valueOf(find(id))))
        .detail();
  }

  private List<TestLog.FailedAttempt> failures(RunRecord run) {
    return TestLog.of(hub).attempts(run.id(), "job-" + run.job());
  }

  /** The invoices as programs get them, in the order of their numbers. */
  List<JsonNode> invoices() {
    return hub.database()
        .sql(
            "select data::text from serai.document where kind = 'invoice' order by data ->>"
                + " 'number'")
        .query((row, number) -> json(row.getString(1)))
        .list();
  }

  JsonNode invoice(String workspace, String period) {
    return json(document(workspace, period, "data::text"));
  }

  String document(String workspace, String period, String column) {
    return hub.database()
        .sql(
            "select %s from serai.document where kind = 'invoice' and workspace = ? and period = ?"
                .formatted(column))
        .params(workspace, period)
        .query(String.class)
        .single();
  }

  /** The numbers of invoices, one for each event that tells of one. */
  List<String> told() {
    return hub.database()
        .sql(
            """
            select subject from serai.event e join billing.invoice i on i.number = e.subject
            where type = 'invoice.issued' and e.workspace = i.workspace order by subject
            """)
        .query(String.class)
        .list();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
