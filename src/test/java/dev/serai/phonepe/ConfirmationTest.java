package dev.serai.phonepe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of a webhook that nobody has signed? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(PhonePeHub.TURN)
class ConfirmationTest {

  private final PhonePeHub phonePe = PhonePeHub.shared();
  private final PhonePeApi api = phonePe.api();
  private final String id = "T-" + UUID.randomUUID();

  private ObjectNode completed() throws Exception {
    return PhonePeHub.fixture("07-v2-checkout.order.completed", id);
  }

  @Test
  void whatIsTrueIsToldAsTheApiTellsIt() throws Exception {
    ObjectNode webhook = completed();
    api.knows(id, PhonePeHub.payload(webhook));
    PhonePeHub.payload(webhook).putObject("metaInfo").put("udf1", "forged");
    UUID event = phonePe.handled(webhook);

    assertThat(phonePe.emitted("order.confirmed", id)).hasSize(1);
    JsonNode told = phonePe.emitted("order.confirmed", id).getFirst();
    assertThat(told.path("event").asText()).isEqualTo("checkout.order.completed");
    assertThat(told.at("/payload/merchantOrderId").asText()).isEqualTo(id);
    assertThat(told.at("/payload/state").asText()).isEqualTo("COMPLETED");
    assertThat(told.at("/payload/payableAmount").asInt()).isEqualTo(249_900);
    assertThat(told.at("/payload/metaInfo/udf1").asText()).isEqualTo("acme");
    assertThat(phonePe.reasons(event)).isEmpty();
    assertThat(api.calls(id))
        .containsExactly(
            "/pg/checkout/v2/order/%s/status?details=false&errorContext=true".formatted(id));
  }

  @Test
  void aStateIsAskedAndToldOnceHoweverOftenTheWebhookComes() throws Exception {
    ObjectNode webhook = completed();
    api.knows(id, PhonePeHub.payload(webhook));
    for (int time = 0; time < 4; time++) {
      PhonePeHub.payload(webhook).put("expireAt", time);
      phonePe.handled(webhook);
    }
    phonePe.handled(webhook.put("event", "pg.order.completed"));

    assertThat(phonePe.emitted("order.confirmed", id)).hasSize(1);
    assertThat(api.calls(id)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "state, FAILED, state",
    "state, HACKED, state",
    "amount, 1, amount",
    "amount, '', amount",
    "orderId, OMO1, id",
  })
  void whatContradictsTheApiIsRecordedAndNotBelieved(String member, String value, String reason)
      throws Exception {
    ObjectNode webhook = completed();
    api.knows(id, PhonePeHub.payload(webhook));
    if (member.equals("amount") && !value.isEmpty()) {
      PhonePeHub.payload(webhook).put(member, Long.parseLong(value));
    } else {
      PhonePeHub.payload(webhook).put(member, value);
    }
    UUID event = phonePe.handled(webhook);

    assertThat(phonePe.reasons(event)).containsExactly(reason);
    assertThat(phonePe.emitted("order.confirmed", id)).isEmpty();
    JsonNode flag = phonePe.emitted("order.contradicted", id).getFirst();
    assertThat(flag.path("reason").asText()).isEqualTo(reason);
    assertThat(flag.path("said").path(member).asText()).isEqualTo(value);
    assertThat(flag.at("/answered/state").asText()).isEqualTo("COMPLETED");
    assertThat(phonePe.payments(id)).isEmpty();
    // The true one is believed all the same.
    phonePe.handled(completed());
    assertThat(phonePe.emitted("order.confirmed", id)).hasSize(1);
    await().until(() -> phonePe.payments(id).equals(List.of("succeeded")));
    assertThat(phonePe.emitted("payment.succeeded", id)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404})
  void anIdThatTheApiDoesNotKnowIsAskedAboutOnce(int status) throws Exception {
    api.answer(id, status, "{\"code\":\"INVALID_MERCHANT_ORDER_ID\"}");
    UUID event = phonePe.handled(completed());
    ObjectNode again = completed();
    PhonePeHub.payload(again).put("expireAt", 1);
    phonePe.handled(again);

    assertThat(phonePe.reasons(event)).containsExactly("unknown");
    assertThat(phonePe.emitted("order.contradicted", id)).hasSize(2);
    assertThat(phonePe.emitted("order.confirmed", id)).isEmpty();
    assertThat(api.calls(id)).hasSize(1);
  }

  @Test
  void anAnnouncedOrderIsAskedAboutAgain() throws Exception {
    phonePe.handled(completed());
    phonePe.announce(id);
    api.knows(id, PhonePeHub.payload(completed()));
    ObjectNode again = completed();
    PhonePeHub.payload(again).put("expireAt", 1);
    UUID event = phonePe.post(again.toString());
    phonePe.later(event);
    phonePe.log().awaitState(event, PhonePeHub.SUBSCRIPTION, "done");

    assertThat(phonePe.emitted("order.confirmed", id)).hasSize(1);
    assertThat(api.calls(id)).hasSize(2);
  }

  @Test
  void whatIsPendingIsAskedAboutLater() throws Exception {
    ObjectNode webhook = completed();
    ObjectNode pending = PhonePeHub.payload(webhook).deepCopy();
    api.knows(id, pending.put("state", "PENDING"));
    UUID event = phonePe.post(webhook.toString());
    assertThat(phonePe.failed(event, 1).cause()).isEqualTo("NotYetException");
    assertThat(phonePe.failed(event, 1).detail()).contains(id + " is PENDING, not yet COMPLETED");
    assertThat(phonePe.emitted("order.confirmed", id)).isEmpty();

    api.knows(id, PhonePeHub.payload(webhook));
    phonePe.later(event);
    phonePe.log().awaitState(event, PhonePeHub.SUBSCRIPTION, "done");
    assertThat(phonePe.emitted("order.confirmed", id)).hasSize(1);
  }

  @Test
  void anAttemptThatFailedIsToldOfWhileTheOrderIsPending() throws Exception {
    ObjectNode webhook = completed().put("event", "checkout.transaction.attempt.failed");
    PhonePeHub.payload(webhook).put("state", "PENDING");
    api.knows(id, PhonePeHub.payload(webhook));
    phonePe.handled(webhook);

    assertThat(phonePe.emitted("order.confirmed", id))
        .singleElement()
        .satisfies(told -> assertThat(told.at("/payload/state").asText()).isEqualTo("PENDING"));
  }

  @Test
  void eachStateOfARefundIsToldOnce() throws Exception {
    ObjectNode accepted = PhonePeHub.fixture("12-v2-pg.refund.accepted", id);
    ObjectNode completed = PhonePeHub.fixture("13-v2-pg.refund.completed", id);
    String refund = id + "-R1";
    api.knows(refund, PhonePeHub.payload(accepted));
    phonePe.handled(accepted);
    api.knows(refund, PhonePeHub.payload(completed));
    UUID last = phonePe.post(completed.toString());
    phonePe.later(last);
    phonePe.log().awaitState(last, PhonePeHub.SUBSCRIPTION, "done");
    // Late, and behind.
    phonePe.handled(accepted.put("type", "PG_REFUND_ACCEPTED"));

    assertThat(phonePe.emitted("refund.confirmed", id))
        .extracting(told -> told.at("/payload/state").asText())
        .containsExactly("CONFIRMED", "COMPLETED");
    assertThat(phonePe.emitted("refund.confirmed", id).getFirst().at("/payload/merchantRefundId"))
        .hasToString("\"%s\"".formatted(refund));
    assertThat(api.calls(refund))
        .hasSize(2)
        .allMatch(path -> path.equals("/pg/payments/v2/refund/%s/status".formatted(refund)));
  }
}
