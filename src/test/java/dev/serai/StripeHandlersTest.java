package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What do the payment tables say when Stripe tells its news twice, late, or in an older form? */
class StripeHandlersTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestHub hub = TestHub.shared();
  private final StripeRound round = round();

  private StripeRound round() {
    return new StripeRound(hub, "M" + UUID.randomUUID().toString().replace("-", ""));
  }

  @Test
  void inTheirOrderTheFixturesMakeAPaymentAnInvoiceAndASubscription() throws Exception {
    Map<String, List<String>> tables = InOrder.TABLES;

    JsonNode payment = row(tables, "payment");
    assertThat(payment.path("status").asText()).isEqualTo("refunded");
    assertThat(payment.path("amount").asInt()).isEqualTo(249_900);
    assertThat(payment.path("amount_refunded").asInt()).isEqualTo(249_900);
    assertThat(row(tables, "invoice").path("status").asText()).isEqualTo("paid");
    assertThat(row(tables, "subscription").path("status").asText()).isEqualTo("canceled");
    assertThat(tables).allSatisfy((table, rows) -> assertThat(rows).hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void toldTwiceAndInAnyOrderTheyMakeTheSame(long seed) throws Exception {
    List<String> events = new ArrayList<>(round.fixtures());
    round.fixtures().forEach(event -> events.add(round.toldAgain(event)));
    Collections.shuffle(events, new Random(seed));
    for (String event : events) {
      round.post(event);
    }
    round.handled();

    assertThat(round.tables()).isEqualTo(InOrder.TABLES);
    assertThat(round.emitted())
        .containsEntry("payment.succeeded", 1)
        .containsEntry("payment.refunded", 1)
        .containsEntry("invoice.paid", 1)
        .containsEntry("subscription.deleted", 1)
        .allSatisfy((type, count) -> assertThat(count).as(type).isEqualTo(1));
  }

  /** What they make when each comes once and in order. */
  private static final class InOrder {
    private static final Map<String, List<String>> TABLES = tables();

    private static Map<String, List<String>> tables() {
      StripeRound once = new StripeHandlersTest().round();
      try {
        for (String event : once.fixtures()) {
          once.post(event);
          once.handled();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      return once.tables();
    }
  }

  @Test
  void theSubscriptionOfAnInvoiceIsFoundInItsOldPlaceToo() throws Exception {
    ObjectNode event = fixture("07-invoice.paid");
    ObjectNode invoice = (ObjectNode) event.at("/data/object");
    String expected = invoice.at("/parent/subscription_details/subscription").asText();
    invoice.remove("parent");
    invoice.put("subscription", expected);

    assertThat(row(event, "invoice").path("subscription_id").asText())
        .isEqualTo(expected.replace("TEST", ""));
  }

  @Test
  void thePeriodOfASubscriptionIsFoundInItsOldPlaceToo() throws Exception {
    JsonNode today = row(fixture("11-customer.subscription.updated"), "subscription");
    ObjectNode event = fixture("11-customer.subscription.updated");
    ObjectNode subscription = (ObjectNode) event.at("/data/object");
    ObjectNode item = (ObjectNode) subscription.at("/items/data/0");
    subscription.set("current_period_start", item.remove("current_period_start"));
    subscription.set("current_period_end", item.remove("current_period_end"));
    JsonNode before = new StripeHandlersTest().row(event, "subscription");

    assertThat(today.path("period_end").asText()).startsWith("2025-11-08T08:53:20");
    assertThat(before.path("period_start")).isEqualTo(today.path("period_start"));
    assertThat(before.path("period_end")).isEqualTo(today.path("period_end"));
    assertThat(before.path("plan").asText()).isEqualTo("hub_pro_monthly");
  }

  @Test
  void refundsInPartAddUpAndAnOldSumIsNotBelieved() throws Exception {
    ObjectNode refund = fixture("04-charge.refunded");
    ObjectNode charge = (ObjectNode) refund.at("/data/object");
    for (int sum : new int[] {100_000, 249_900, 50_000}) {
      charge.put("amount_refunded", sum);
      refund.put("id", "evt_" + sum + "HubTEST");
      round.post(round.own(refund.toString()));
      round.handled();
    }

    JsonNode row = row(round.tables(), "payment");
    assertThat(row.path("amount_refunded").asInt()).isEqualTo(249_900);
    assertThat(row.path("status").asText()).isEqualTo("refunded");
    assertThat(round.emitted()).isEqualTo(Map.of("payment.refunded", 2));
  }

  @Test
  void everyFailedAttemptIsToldOfOnceAndNoneAfterTheSuccess() throws Exception {
    ObjectNode failed = fixture("02-payment_intent.payment_failed");
    ObjectNode error = (ObjectNode) failed.at("/data/object/last_payment_error");
    for (String attempt : new String[] {"one", "two", "two", "late"}) {
      if (attempt.equals("late")) {
        round.post(round.own(fixture("01-payment_intent.succeeded").toString()));
        round.handled();
      }
      error.put("charge", "ch_" + attempt);
      failed.put("id", "evt_" + UUID.randomUUID());
      round.post(round.own(failed.toString()));
      round.handled();
    }

    assertThat(round.emitted()).isEqualTo(Map.of("payment.failed", 2, "payment.succeeded", 1));
    assertThat(round.tables().get("failed_attempt")).hasSize(3);
    assertThat(row(round.tables(), "payment").path("status").asText()).isEqualTo("succeeded");
  }

  private JsonNode row(ObjectNode event, String table) throws Exception {
    round.post(round.own(event.toString()));
    round.handled();
    return row(round.tables(), table);
  }

  private static JsonNode row(Map<String, List<String>> tables, String table) throws Exception {
    return JSON.readTree(tables.getOrDefault(table, List.of()).getFirst());
  }

  private static ObjectNode fixture(String name) throws Exception {
    return (ObjectNode) JSON.readTree(TestHub.bytes("fixtures/stripe/" + name + ".json"));
  }
}
