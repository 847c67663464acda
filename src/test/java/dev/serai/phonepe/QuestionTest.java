package dev.serai.phonepe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is PhonePe asked about a webhook, and where? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(PhonePeHub.TURN)
class QuestionTest {

  private final PhonePeHub phonePe = PhonePeHub.shared();
  private final PhonePeApi api = phonePe.api();
  private final String id = "T-" + UUID.randomUUID();

  @ParameterizedTest
  @CsvSource({
    "15-v2-subscription.setup.order.completed, '', subscriptions/v2/order/",
    "19-v2-subscription.redemption.order.completed, '', subscriptions/v2/order/",
    "08-v2-checkout.order.failed, '', checkout/v2/order/",
    "07-v2-checkout.order.completed, pg.order.completed, payments/v2/order/",
    "07-v2-checkout.order.completed, PG_ORDER_COMPLETED, payments/v2/order/",
    "07-v2-checkout.order.completed, paylink.order.completed, paylinks/v1/",
  })
  void eachProductIsAskedAtItsOwnApi(String fixture, String name, String path) throws Exception {
    ObjectNode webhook = PhonePeHub.fixture(fixture, id);
    if (!name.isEmpty()) {
      webhook.remove("event");
      webhook.put("type", name);
    }
    api.knows(id, PhonePeHub.payload(webhook));
    phonePe.handled(webhook);

    assertThat(phonePe.emitted("order.confirmed", id)).hasSize(1);
    assertThat(api.calls(id)).singleElement().asString().startsWith("/pg/" + path + id + "/status");
  }

  @Test
  void theStateOfASubscriptionCanNotBeConfirmedAndIsFlagged() throws Exception {
    UUID event = phonePe.handled(PhonePeHub.fixture("17-v2-subscription.revoked", id));

    assertThat(phonePe.reasons(event)).containsExactly("unconfirmed");
    assertThat(phonePe.emitted("subscription.unconfirmed", id))
        .singleElement()
        .satisfies(flag -> assertThat(flag.at("/said/state").asText()).isEqualTo("REVOKED"));
    assertThat(api.calls(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"payment.succeeded", "settlement.done", "?? \u0007", "subscription"})
  void whatNamesNoOrderIsFlaggedUnderANameOfOurs(String name) throws Exception {
    ObjectNode webhook =
        PhonePeHub.fixture("07-v2-checkout.order.completed", id).put("event", name);
    UUID event = phonePe.handled(webhook);

    assertThat(phonePe.reasons(event)).containsExactly("unconfirmed");
    assertThat(phonePe.emitted("webhook.unconfirmed", id)).hasSize(1);
    assertThat(api.calls(id)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../refund/x", "a b", "", "x?details=true", "a/b"})
  void anIdThatPhonePeWouldNotTakeIsNotAskedAbout(String wrong) throws Exception {
    ObjectNode webhook = PhonePeHub.fixture("07-v2-checkout.order.completed", id);
    PhonePeHub.payload(webhook).put("merchantOrderId", wrong).put("expireAt", System.nanoTime());
    int before = api.calls(null).size();
    UUID event = phonePe.handled(webhook);

    assertThat(phonePe.reasons(event)).containsExactly("malformed");
    assertThat(api.calls(null)).hasSize(before);
  }
}
