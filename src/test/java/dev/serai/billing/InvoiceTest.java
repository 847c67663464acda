package dev.serai.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.job.RunRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What does an invoice say? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(BillingHub.TURN)
class InvoiceTest {

  private static final String JOB = "generate-invoice";

  private final BillingHub billing = BillingHub.emptied();

  @Test
  void aWorkspaceMayHavePricesOfItsOwnAndPricesChangeByMonth() {
    billing.price("things", "eur", "10", "1", "0");
    billing.execute(
        """
        insert into billing.price (workspace, metric, valid_from, valid_until, currency, amount)
        values ('acme', 'things', '2024-01', '2024-10', 'eur', 7), ('*', 'things', '2024-11', null, 'eur', 11),
          ('beta', 'things', '2024-10', null, 'jpy', 1)
        """);
    for (String workspace : List.of("acme", "beta", "other")) {
      billing.used(workspace, "2024-10-10", "things", "3");
      billing.used(workspace, "2024-11-10", "things", "3");
    }

    billing.run(JOB, Map.of("period", "2024-10"));
    billing.run(JOB, Map.of("period", "2024-11"));

    assertThat(billing.invoices())
        .extracting(it -> it.path("workspace").asText() + " " + it.path("total").asLong())
        .containsExactly("acme 21", "beta 3", "other 30", "acme 33", "beta 3", "other 33");
  }

  @Test
  void whatWasToldLateIsALineOfTheNextOneAndIssuedOnesStayAsTheyAre() {
    billing.price("things", "eur", "10", "1", "5");
    billing.used("acme", "2024-10-10", "things", "3");
    billing.run(JOB, Map.of("period", "2024-10"));
    String before = billing.document("acme", "2024-10", "data::text || html || made_at");

    billing.used("acme", "2024-10-31", "things", "4");
    billing.used("acme", "2024-09-30", "things", "6");
    billing.used("acme", "2024-11-01", "things", "6");
    assertThat(billing.run(JOB, Map.of("period", "2024-10")).result())
        .isEqualTo("2024-10: 0 issued, 1 issued before");
    billing.run(JOB, Map.of("period", "2024-11"));
    billing.run(JOB, Map.of("period", "2024-12"));

    assertThat(billing.document("acme", "2024-10", "data::text || html || made_at"))
        .isEqualTo(before);
    assertThat(billing.invoices()).hasSize(2);
    assertThat(lines(billing.invoice("acme", "2024-11")))
        .containsExactly(
            "things: 6, 5 included, 1 billable, 10",
            "Late usage of 2024-10: things: 4, 2 included, 2 billable, 20",
            "Late usage of 2024-09: things: 6, 5 included, 1 billable, 10");
  }

  @Test
  void lateUsageAloneMakesAnInvoiceAndOneInAnotherCurrencyWaits() {
    billing.execute(
        """
        insert into billing.price (metric, valid_from, currency, amount)
        values ('things', '2024-01', 'eur', 1), ('things', '2024-11', 'usd', 2)
        """);
    billing.used("acme", "2024-10-10", "things", "3");
    billing.used("acme", "2024-11-10", "things", "3");
    billing.run(JOB, Map.of("period", "2024-11"));
    assertThat(lines(billing.invoice("acme", "2024-11")))
        .containsExactly("things: 3, 0 included, 3 billable, 6");

    billing.run(JOB, Map.of("period", "2024-12"));
    assertThat(lines(billing.invoice("acme", "2024-12")))
        .containsExactly("Late usage of 2024-10: things: 3, 0 included, 3 billable, 3");
    assertThat(billing.invoice("acme", "2024-12").path("currency").asText()).isEqualTo("eur");
  }

  @Test
  void withoutAPriceThereIsNoneAndTheRunSaysSo() {
    billing.used("acme", "2024-10-10", "things", "3");
    billing.used("beta", "2024-10-10", "other", "3");
    billing.used("", "2024-10-10", "things", "1200.5");
    assertThat(billing.run(JOB, Map.of("period", "2024-10")).result())
        .isEqualTo(
            "2024-10: 0 issued; without a price: 2, such as acme; of no workspace: 1,200.5 things");

    billing.price("things", "eur", "1", "1", "0");
    RunRecord run = billing.run(JOB, Map.of("period", "2024-10"));
    assertThat(run.result())
        .isEqualTo(
            "2024-10: 1 issued; without a price: 1, such as beta; of no workspace: 1,200.5 things");
    assertThat(billing.invoices()).hasSize(1);
  }

  @Test
  void ofOneWorkspaceOnlyIfItIsNamed() {
    billing.price("things", "eur", "1", "1", "0");
    billing.used("acme", "2024-10-10", "things", "3");
    billing.used("beta", "2024-10-10", "things", "3");
    assertThat(billing.run(JOB, Map.of("period", "2024-10", "workspace", "beta")).result())
        .isEqualTo("2024-10: 1 issued");
    assertThat(billing.invoices())
        .extracting(it -> it.path("workspace").asText())
        .containsExactly("beta");
  }

  @Test
  void aMonthThatIsNotOverHasNone() {
    UUID run = billing.begin(JOB, Map.of("period", "2999-01"));
    assertThat(billing.ended(run).state()).isEqualTo("dead");
    assertThat(billing.failure(run))
        .contains("'period' is 2999-01, which is not over on 2")
        .contains("it must be a month before that");
  }

  @Test
  void thePageShowsPartiesAndTrustsNoText() {
    billing.execute(
        """
        insert into billing.price (metric, valid_from, currency, amount, description)
        values ('things', '2024-01', 'eur', 1234.5, 'Things <script>alert(1)</script>')
        """);
    billing.execute(
        "insert into billing.party values ('*', 'Serai & Co', E'Road 1\\nBerlin', 'DE1'),"
            + " ('<b>acme', 'Acme \"Inc\"', 'Street', null)");
    billing.used("<b>acme", "2024-10-10", "things", "2");

    billing.run(JOB, Map.of("period", "2024-10"));

    String page = billing.document("<b>acme", "2024-10", "html");
    assertThat(page)
        .contains("<title>Invoice 20")
        .contains("Things &lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("Serai &amp; Co")
        .contains("Acme &quot;Inc&quot;")
        .contains("&lt;b&gt;acme")
        .contains("<td>12.345</td><td>24.69</td>")
        .doesNotContain("<script", "<b>", "http:", "https:");
    JsonNode told =
        BillingHub.json(
            billing
                .hub()
                .database()
                .sql(
                    "select convert_from(body, 'UTF8') from serai.event where type ="
                        + " 'invoice.issued' and workspace = '<b>acme'")
                .query(String.class)
                .single());
    assertThat(told.path("total").asLong()).isEqualTo(2469);
    assertThat(told.has("customer")).isFalse();
  }

  private static List<String> lines(JsonNode invoice) {
    return StreamSupport.stream(invoice.path("lines").spliterator(), false)
        .map(
            line ->
                "%s: %s, %s included, %s billable, %s"
                    .formatted(
                        line.path("description").asText(),
                        line.path("quantity").asText(),
                        line.path("included").asText(),
                        line.path("billable").asText(),
                        line.path("amount").asLong()))
        .toList();
  }
}
