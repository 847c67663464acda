package dev.serai.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What becomes of the other invoices when one can't be made? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(BillingHub.TURN)
class FailingInvoicesTest {

  private static final String JOB = "generate-invoice";

  private final BillingHub billing = BillingHub.emptied();

  @Test
  void aWorkspaceThatFailsHoldsUpNoOtherAndIsTriedAgain() throws Exception {
    Facts.realistic(billing, 8);
    billing.execute(
        "insert into billing.price values ('ws-07', 'cost', '2024-01', null, 'usd', 1, 1, 0, '')");
    UUID run = billing.begin(JOB, Map.of("period", "2024-10"));
    assertThat(billing.failure(run))
        .contains("2024-10: 1 of 30 invoices failed, the last that of ws-07: ")
        .contains("The prices of ws-07 are in eur and usd; an invoice has one currency");
    assertThat(billing.lines(run))
        .singleElement()
        .asString()
        .startsWith("ws-07: ")
        .contains("The prices of ws-07 are in eur and usd");
    assertThat(billing.invoices()).hasSize(29);
    Numbers.assertEachToldOnceAndNoneLeftOut(billing);

    billing.execute("delete from billing.price where currency = 'usd'");
    assertThat(billing.again(run).result()).isEqualTo("2024-10: 30 issued");
    Numbers.assertEachToldOnceAndNoneLeftOut(billing);
  }

  @Test
  void aConnectionThatBreaksInTheMiddleLeavesNoGapAndNoDouble() throws Exception {
    Facts facts = Facts.realistic(billing, 9);
    billing.execute(
        """
        create function billing.broken() returns trigger language plpgsql as
          $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
        create trigger broken before insert on serai.document for each row
          when (new.workspace = 'ws-11') execute function billing.broken();
        """);
    UUID run;
    try {
      run = billing.begin(JOB, Map.of("period", "2024-10"));
      assertThat(billing.failure(run)).startsWith("TransactionSystemException");
      assertThat(billing.invoices()).hasSize(11);
    } finally {
      billing.execute(
          "drop trigger broken on serai.document; drop function billing.broken() cascade");
    }
    assertThat(billing.again(run).result()).isEqualTo("2024-10: 30 issued");
    Numbers.assertEachToldOnceAndNoneLeftOut(billing);
    assertThat(billing.invoices())
        .extracting(Numbers::total)
        .containsExactlyInAnyOrderElementsOf(
            facts.totals().stream().filter(it -> it.contains(" 2024-10 ")).toList());
  }
}
