package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Do the statements of the version before work beside ours? Theirs are in handlers-before. */
class PaymentUpgradeTest {

  private final TestHub hub = TestHub.shared();
  private final PaymentNews news = new PaymentNews(hub);

  private void before(String handler, int second, String object) throws Exception {
    String event =
        "{'id':'evt$','type':'customer.subscription.updated','created':%s,'data':{'object':%s}}"
            .formatted(1760000000 + second, object)
            .replace('\'', '"')
            .replace("$", news.id(""));
    String sql =
        TestHub.resource("handlers-before/" + handler + ".sql").replace("cast(#", "cast(:event");
    assertThat(hub.database().sql(sql).param("event", event).query().listOfRows()).hasSize(1);
  }

  private static String charge(int refunded) {
    return "{'id':'ch$','payment_intent':'pi$','amount':1000,'amount_refunded':%s,'currency':'eur'}"
        .formatted(refunded);
  }

  @Test
  void theirSuccessIsOursAndIsToldOfOnce() throws Exception {
    String paid = "{'id':'pi$','amount':1000,'currency':'eur'}";
    news.stripe("payment_intent.payment_failed", 1, paid);
    before("payment-succeeded", 2, paid);
    assertThat(news.state("payment", "pi")).isEqualTo("succeeded");
    news.stripe("payment_intent.succeeded", 2, paid);

    assertThat(news.told("pi")).containsExactly("payment.failed");
    assertThat(news.refused()).isEmpty();
  }

  @Test
  void theirSumOfRefundsIsKeptWhenOursAreAddedUp() throws Exception {
    before("payment-succeeded", 1, "{'id':'pi$','amount':1000,'currency':'eur'}");
    before("payment-refunded", 2, charge(300));
    news.stripe(
        "refund.updated",
        3,
        "{'id':'re$','payment_intent':'pi$','amount':100,'currency':'eur','status':'failed'}");

    assertThat(refunded()).isEqualTo(200);
    before("payment-refunded", 4, charge(500));
    news.stripe("charge.refunded", 4, charge(500));
    assertThat(refunded()).isEqualTo(500);
    assertThat(news.row("payment", "pi").path("refunded_at").asText())
        .startsWith("2025-10-09T08:53:24");
    assertThat(news.told("pi")).isEmpty();
  }

  private int refunded() throws Exception {
    return news.row("payment", "pi").path("amount_refunded").asInt();
  }

  @Test
  void theirSubscriptionsHaveAState() throws Exception {
    before("subscription-changed", 1, "{'id':'sub$','status':'trialing'}");
    assertThat(news.state("subscription", "sub")).isEqualTo("active");
    news.stripe("customer.subscription.updated", 2, "{'id':'sub$','status':'past_due'}");

    assertThat(news.state("subscription", "sub")).isEqualTo("past_due");
    assertThat(news.told("sub")).containsExactly("subscription.updated");
  }
}
