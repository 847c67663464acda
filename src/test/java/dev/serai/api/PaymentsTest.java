package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.PaymentNews;
import dev.serai.TestHub;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What does the API say of payments? */
class PaymentsTest {

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private final PaymentNews news = new PaymentNews(hub);

  private UUID pay(String name) {
    return news.stripe(
        "payment_intent.succeeded",
        1,
        "{'id':'%s$','amount':1000,'currency':'eur','customer':'cus$','receipt_email':'a@example.com',"
                .formatted(name)
            + "'metadata':{'workspace_id':'ws$'}}");
  }

  @Test
  void theyAreListedInPagesTheLastKnownFirst() throws Exception {
    pay("one");
    pay("two");
    pay("three");
    String mine = "/api/v1/payments?workspace=" + news.id("ws");

    JsonNode first = api.get(mine + "&limit=2").json();
    assertThat(first.path("payments").findValuesAsText("id"))
        .containsExactly(news.id("three"), news.id("two"));
    JsonNode second = api.get(mine + "&limit=2&cursor=" + first.path("next").asText()).json();
    assertThat(second.path("payments").findValuesAsText("id")).containsExactly(news.id("one"));
    assertThat(second.has("next")).isFalse();
  }

  @Test
  void theyAreNarrowedDown() throws Exception {
    pay("one");
    news.phonePe(
        "checkout.order.failed",
        "{'merchantOrderId':'two$','state':'FAILED','amount':5,'paymentFlow':{'merchantSubscriptionId':'sub$'}}");
    String mine = "/api/v1/payments?customer=" + news.id("cus");

    for (String filter :
        new String[] {"provider=stripe", "state=succeeded", "from=2026-01-01T00:00:00Z"}) {
      assertThat(api.get(mine + "&" + filter).json().path("payments")).as(filter).hasSize(1);
    }
    for (String filter :
        new String[] {"provider=phonepe", "state=failed", "to=2026-01-01T00:00:00Z"}) {
      assertThat(api.get(mine + "&" + filter).json().path("payments")).as(filter).isEmpty();
    }
    assertThat(
            api.get("/api/v1/payments?subscription=" + news.id("sub"))
                .json()
                .path("payments")
                .findValuesAsText("id"))
        .containsExactly(news.id("two"));
  }

  @Test
  void aParameterWithoutSenseIsNamed() throws Exception {
    assertThat(api.get("/api/v1/payments?state=lost").text())
        .contains("Parameter 'state' is 'lost'; it must be one of [created, failed");
    assertThat(api.get("/api/v1/payments?cursor=x").text())
        .contains("Parameter 'cursor' is 'x'; it must be a number");
    assertThat(api.get("/api/v1/payments?custmer=x").text())
        .contains("There is no parameter 'custmer'");
  }

  @Test
  void oneIsShownWithItsRefundsItsHistoryAndTheEventsBehind() throws Exception {
    UUID paid = pay("pi");
    UUID refunded = refund("re", 300);
    UUID tooMuch = refund("more", 800);

    JsonNode whole = api.get("/api/v1/payments/" + news.id("pi")).json();
    assertThat(whole.at("/payment/state").asText()).isEqualTo("partially_refunded");
    assertThat(whole.at("/payment/amount_refunded").asInt()).isEqualTo(300);
    assertThat(whole.at("/customer/email").asText()).isEqualTo("a@example.com");
    assertThat(whole.path("refunds").findValuesAsText("id")).containsExactly(news.id("re"));
    assertThat(whole.path("history").findValuesAsText("to"))
        .containsExactly("succeeded", "succeeded", "partially_refunded", "succeeded");
    assertThat(whole.at("/history/3/refused").asText()).isEqualTo("more_than_paid");
    assertThat(whole.path("events").findValuesAsText("id"))
        .containsExactly(paid.toString(), refunded.toString(), tooMuch.toString());
    String event = whole.at("/events/2/id").asText();
    assertThat(api.get("/api/v1/events/" + event).json().path("type").asText())
        .isEqualTo("stripe.refund.created");
  }

  private UUID refund(String name, int amount) {
    return news.stripe(
        "refund.created",
        2,
        "{'id':'%s$','payment_intent':'pi$','amount':%s,'currency':'eur','status':'succeeded'}"
            .formatted(name, amount));
  }

  @Test
  void anIdThatTwoProvidersHaveNeedsTheProvider() throws Exception {
    pay("same");
    news.phonePe("x", "{'merchantOrderId':'same$','state':'PENDING','amount':7}");
    String path = "/api/v1/payments/" + news.id("same");

    Api.Answer unclear = api.get(path);
    assertThat(unclear.status()).isEqualTo(400);
    assertThat(unclear.text())
        .contains(
            "Parameter 'provider' is missing: [phonepe, stripe] have a payment '"
                + news.id("same"));
    assertThat(api.get(path + "?provider=phonepe").json().at("/payment/amount").asInt())
        .isEqualTo(7);
    assertThat(api.get(path + "?provider=nobody").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/payments/nothing").text())
        .contains("There is no payment 'nothing'");
  }
}
