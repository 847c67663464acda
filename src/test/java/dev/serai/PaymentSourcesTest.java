package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may say what of a payment, and does it matter who says it? */
class PaymentSourcesTest {

  private static final String ORDER =
      "{'merchantOrderId':'pay$','state':'COMPLETED','amount':1000,'currency':'INR'}";
  private static final String REFUND =
      "{'merchantRefundId':'ref$','originalMerchantOrderId':'pay$','state':'COMPLETED','amount':400}";
  private static final String ANNOUNCED =
      "{'provider':'phonepe','id':'pay$','amount':1000,'currency':'INR','customer':'u1','workspace':'w1'}";

  private final TestHub hub = TestHub.shared();
  private final PaymentNews news = new PaymentNews(hub);

  @Test
  void theEventsOfAllProvidersHaveTheSameMembers() throws Exception {
    PaymentNews stripe = new PaymentNews(hub);
    stripe.stripe("payment_intent.succeeded", 1, "{'id':'pay$','amount':1000,'currency':'inr'}");
    stripe.stripe(
        "refund.created",
        2,
        "{'id':'ref$','payment_intent':'pay$','amount':400,'currency':'inr','status':'succeeded'}");
    stripe.stripe("customer.subscription.created", 1, "{'id':'sub$','status':'active'}");
    stripe.stripe("customer.subscription.deleted", 2, "{'id':'sub$','status':'canceled'}");
    news.phonePe("checkout.order.completed", ORDER);
    news.phonePe("pg.refund.completed", REFUND);
    news.phonePe("subscription.unpaused", "{'merchantSubscriptionId':'sub$','state':'ACTIVE'}");
    news.phonePe("subscription.revoked", "{'merchantSubscriptionId':'sub$','state':'REVOKED'}");

    assertThat(stripe.told("pay")).containsExactly("payment.succeeded", "payment.refunded");
    assertThat(stripe.told("ref")).containsExactly("refund.created", "refund.succeeded");
    assertThat(stripe.told("sub")).containsExactly("subscription.created", "subscription.deleted");
    for (String name : List.of("pay", "ref", "sub")) {
      assertThat(news.told(name)).isEqualTo(stripe.told(name));
      for (String type : news.told(name)) {
        JsonNode ours = news.data(type, name);
        JsonNode theirs = stripe.data(type, name);
        assertThat(names(ours)).as(type).isEqualTo(names(theirs));
        assertThat(ours.path("state")).as(type).isEqualTo(theirs.path("state"));
        assertThat(ours.path("amount_refunded")).isEqualTo(theirs.path("amount_refunded"));
        assertThat(ours.path("currency"))
            .isEqualTo(name.equals("sub") ? ours.path("currency") : theirs.path("currency"));
      }
    }
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What the Order Status API answers may lack our id, which is the event's subject. */
  @Test
  void whatTheHubHasConfirmedCounts() throws Exception {
    news.tell("serai", "order.confirmed", PaymentNews.v2("checkout.order.completed", ORDER));
    news.tell("serai", "refund.confirmed", PaymentNews.v2("pg.refund.completed", REFUND));
    news.tell(
        "serai",
        "order.confirmed",
        PaymentNews.v2("checkout.order.failed", "{'orderId':'OMO1','state':'FAILED','amount':7}"));

    assertThat(news.state("payment", "pay")).isEqualTo("partially_refunded");
    assertThat(news.state("payment", "subject")).isEqualTo("failed");
  }

  @Test
  void whatNobodyHasSignedOrConfirmedDoesNot() throws Exception {
    String body = PaymentNews.v2("checkout.order.completed", ORDER);
    UUID unsigned = news.append("phonepe", "phonepe.checkout.order.completed", body);
    UUID claimed = news.tell("api", "order.confirmed", body);

    // It asks PhonePe, which nobody has told this hub how to.
    assertThat(news.subscriptions(unsigned)).containsExactly("handler-phonepe-confirm");
    assertThat(news.subscriptions(claimed)).isEmpty();
    assertThat(news.state("payment", "pay")).isEqualTo("unknown");
  }

  @Test
  void theStateDecidesAndNotTheNameOfTheEvent() throws Exception {
    news.phonePe("checkout.order.completed", ORDER.replace("COMPLETED", "FAILED"));

    assertThat(news.state("payment", "pay")).isEqualTo("failed");
    assertThat(news.told("pay")).containsExactly("payment.failed");
  }

  @Test
  void aMerchantAnnouncesAPaymentAndPhonePeEndsIt() throws Exception {
    news.tell("api", "payment.initiated", ANNOUNCED);
    assertThat(news.state("payment", "pay")).isEqualTo("created");
    news.phonePe("checkout.order.completed", ORDER);

    JsonNode payment = news.row("payment", "pay");
    assertThat(payment.path("state").asText()).isEqualTo("succeeded");
    assertThat(payment.path("customer").asText()).isEqualTo("u1");
    assertThat(payment.path("workspace").asText()).isEqualTo("w1");
    assertThat(news.told("pay")).containsExactly("payment.created", "payment.succeeded");
  }

  @Test
  void anAnnouncementThatComesAfterTheEndAddsWhoPaysAndNothingElse() throws Exception {
    news.phonePe("checkout.order.completed", ORDER);
    news.tell("api", "payment.initiated", ANNOUNCED);

    assertThat(news.state("payment", "pay")).isEqualTo("succeeded");
    assertThat(news.row("payment", "pay").path("customer").asText()).isEqualTo("u1");
    assertThat(news.told("pay")).containsExactly("payment.succeeded");
    assertThat(news.refused()).isEmpty();
  }

  /** PhonePe's V1 does not say which payment a refund gives back; the merchant may. */
  @Test
  void aRefundOfV1BelongsToThePaymentThatItWasAnnouncedFor() throws Exception {
    v1("PAYMENT_SUCCESS", "'merchantTransactionId':'pay$','transactionId':'T1'");
    v1("PAYMENT_SUCCESS", "'merchantTransactionId':'ref$','transactionId':'TR1'");
    assertThat(news.state("refund", "ref")).isEqualTo("succeeded");
    assertThat(news.state("payment", "pay")).isEqualTo("succeeded");
    news.tell(
        "api",
        "refund.initiated",
        "{'provider':'phonepe','id':'ref$','payment':'pay$','amount':700,'currency':'INR'}");

    assertThat(news.state("payment", "pay")).isEqualTo("refunded");
    assertThat(news.told("pay")).containsExactly("payment.succeeded", "payment.refunded");
  }

  private void v1(String code, String members) {
    String data = "{'success':true,'code':'%s','data':{%s,'amount':700}}".formatted(code, members);
    String inner = data.replace('\'', '"').replace("$", news.id(""));
    String packed = Base64.getEncoder().encodeToString(inner.getBytes(StandardCharsets.UTF_8));
    news.tell("phonepe-v1", "phonepe-v1.payment_success", "{'response':'%s'}".formatted(packed));
  }

  @Test
  void aCustomersAddressIsTheLastThatAnEventNamed() throws Exception {
    String customer = "{'id':'cus$','object':'customer','email':'%s'}";
    news.stripe("customer.updated", 5, customer.formatted("new@example.com"));
    news.stripe("customer.created", 1, customer.formatted("old@example.com"));
    news.stripe(
        "payment_intent.succeeded",
        9,
        "{'id':'pay$','amount':5,'currency':'eur','customer':'cus$'}");

    assertThat(news.row("customer", "cus").path("email").asText()).isEqualTo("new@example.com");
  }
}
