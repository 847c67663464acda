package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not believed of a payment, and is it told of? */
class PaymentRulesTest {

  private static final String PAID = "{'id':'pi$','amount':1000,'currency':'eur'}";

  private final TestHub hub = TestHub.shared();
  private final PaymentNews news = new PaymentNews(hub);

  private UUID refund(String name, int second, int amount, String status) {
    return news.stripe(
        "refund.updated",
        second,
        "{'id':'%s$','payment_intent':'pi$','amount':%s,'currency':'eur','status':'%s'}"
            .formatted(name, amount, status));
  }

  @Test
  void aRefundOfMoreThanWasPaidIsRefused() throws Exception {
    news.stripe("payment_intent.succeeded", 1, PAID);
    UUID event = refund("re", 2, 1001, "succeeded");

    assertThat(news.state("refund", "re")).isEqualTo("unknown");
    assertThat(news.state("payment", "pi")).isEqualTo("succeeded");
    assertThat(news.refused()).containsExactly("more_than_paid: succeeded");
    assertThat(news.told("re")).isEmpty();
    assertThat(
            news.database()
                .sql(
                    "select event_id from payments.transition where refused is not null and id = ?")
                .param(news.id("re"))
                .query(UUID.class)
                .single())
        .isEqualTo(event);
  }

  @Test
  void soIsOneThatMakesThemComeToMore() throws Exception {
    news.stripe("payment_intent.succeeded", 1, PAID);
    refund("one", 2, 600, "succeeded");
    refund("two", 3, 600, "succeeded");

    assertThat(news.refused()).containsExactly("more_than_paid: succeeded");
    assertThat(news.row("payment", "pi").path("amount_refunded").asInt()).isEqualTo(600);
  }

  @Test
  void refundsThatCameFirstCountUpToWhatWasPaid() throws Exception {
    refund("one", 2, 600, "succeeded");
    refund("two", 3, 600, "succeeded");
    news.stripe("payment_intent.succeeded", 1, PAID);

    assertThat(news.refused()).containsExactly("more_than_paid: refunded");
    assertThat(news.row("payment", "pi").path("amount_refunded").asInt()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({"999, eur, other_amount", "1000, usd, other_currency"})
  void aPaymentThatHasSucceededDoesNotSucceedOtherwise(int amount, String currency, String reason)
      throws Exception {
    news.stripe("payment_intent.succeeded", 1, PAID);
    news.stripe(
        "payment_intent.succeeded",
        2,
        "{'id':'pi$','amount':%s,'currency':'%s'}".formatted(amount, currency));

    assertThat(news.refused()).containsExactly(reason + ": succeeded");
    assertThat(news.row("payment", "pi").path("amount").asInt()).isEqualTo(1000);
    assertThat(news.told("pi")).containsExactly("payment.succeeded");
  }

  @Test
  void aFailureAfterTheSuccessIsRefusedAnOldOneIsLate() throws Exception {
    news.stripe("payment_intent.succeeded", 5, PAID);
    news.stripe("payment_intent.payment_failed", 5, PAID);
    assertThat(news.refused()).isEmpty();
    news.stripe("payment_intent.payment_failed", 6, PAID);

    assertThat(news.refused()).containsExactly("after_success: failed");
    assertThat(news.told("pi")).containsExactly("payment.succeeded");
  }

  @Test
  void aRefundThatFailedDoesNotSucceedLater() throws Exception {
    refund("re", 2, 300, "failed");
    refund("re", 1, 300, "succeeded");
    assertThat(news.refused()).isEmpty();
    refund("re", 3, 300, "succeeded");
    refund("re", 4, 200, "pending");

    assertThat(news.refused()).containsExactly("after_end: succeeded", "other_amount: pending");
    assertThat(news.state("refund", "re")).isEqualTo("failed");
    assertThat(news.told("re")).containsExactly("refund.created", "refund.failed");
  }

  @Test
  void aSubscriptionThatEndedDoesNotGoOn() throws Exception {
    String active = "{'id':'sub$','status':'active'}";
    news.stripe("customer.subscription.deleted", 3, "{'id':'sub$','status':'canceled'}");
    news.stripe("customer.subscription.updated", 2, active);
    assertThat(news.refused()).isEmpty();
    news.stripe("customer.subscription.updated", 4, active);

    assertThat(news.refused()).containsExactly("after_end: active");
    assertThat(news.state("subscription", "sub")).isEqualTo("cancelled");
    assertThat(news.told("sub")).containsExactly("subscription.deleted");
  }

  @Test
  void whatWasRefusedIsRecordedOnceHoweverOftenItIsDelivered() throws Exception {
    news.stripe("payment_intent.succeeded", 1, PAID);
    UUID event = refund("re", 2, 1001, "succeeded");
    String handler = "handler-stripe-refund-changed";
    Api.of(hub).send("POST", "/api/v1/events/%s/replay".formatted(event));
    await().until(() -> TestLog.of(hub).delivery(event, handler).replays() == 1);
    TestLog.of(hub).awaitState(event, handler, "done");

    assertThat(news.refused()).containsExactly("more_than_paid: succeeded");
  }

  @Test
  void aRefundThatFailsGivesThePaymentBack() throws Exception {
    news.stripe("payment_intent.succeeded", 1, PAID);
    refund("re", 2, 1000, "succeeded");
    assertThat(news.state("payment", "pi")).isEqualTo("refunded");
    refund("re", 3, 1000, "failed");

    assertThat(news.state("payment", "pi")).isEqualTo("succeeded");
    assertThat(news.changes("pi"))
        .containsExactly("unknown to succeeded", "succeeded to refunded", "refunded to succeeded");
    assertThat(news.told("pi")).containsExactly("payment.succeeded", "payment.refunded");
    assertThat(news.told("re"))
        .containsExactly("refund.created", "refund.succeeded", "refund.failed");
  }

  /** A refund says that there was a payment, whose success has yet to be told of. */
  @Test
  void whatIsRefundedWasPaid() throws Exception {
    news.stripe("payment_intent.payment_failed", 1, PAID);
    refund("re", 5, 1000, "succeeded");
    refund("re", 6, 1000, "failed");
    assertThat(news.state("payment", "pi")).isEqualTo("succeeded");
    news.stripe("payment_intent.succeeded", 3, PAID);

    assertThat(news.told("pi"))
        .containsExactly("payment.failed", "payment.refunded", "payment.succeeded");
  }

  @Test
  void aStateWithoutMeaningIsADeadLetterAtOnce() {
    UUID event =
        news.append(
            "phonepe-hmac",
            "phonepe-hmac.checkout.order.completed",
            PaymentNews.v2("x", "{'merchantOrderId':'o$','state':'LOST','amount':5}"));

    TestLog.of(hub).awaitState(event, "handler-phonepe-v2", "dead");
    List<TestLog.FailedAttempt> attempts = TestLog.of(hub).attempts(event, "handler-phonepe-v2");
    assertThat(attempts).hasSize(1);
    assertThat(attempts.getFirst().detail())
        .contains("The state of payment " + news.id("o"), "'LOST'", "it must mean one of created");
  }

  /** Late ones change nothing, so that there is nothing to record. */
  @Test
  void everyChangeIsLegal() throws Exception {
    aRefundThatFailsGivesThePaymentBack();
    assertThat(
            news.database()
                .sql(
                    """
                    select t::text from payments.transition t
                    where refused is null and from_state <> to_state
                      and not payments.is_legal_1(kind, from_state, to_state)
                    """)
                .query(String.class)
                .list())
        .isEmpty();
  }

  @Test
  void thePageSaysWhatIsLegal() throws Exception {
    List<String> page =
        Files.readString(Path.of("docs", "payments.md"))
            .lines()
            .map(line -> line.split("\\|"))
            .filter(cells -> cells.length == 4)
            .filter(cells -> cells[1].strip().matches("payment|refund|subscription"))
            .flatMap(
                cells ->
                    Stream.of(cells[3].split(","))
                        .map(to -> "%s %s to %s".formatted(cells[1], cells[2], to)))
            .map(line -> line.replace("`", "").replaceAll(" +", " ").strip())
            .toList();

    assertThat(
            news.database()
                .sql(
                    "select kind || ' ' || from_state || ' to ' || to_state from"
                        + " payments.legal_transition")
                .query(String.class)
                .list())
        .containsExactlyInAnyOrderElementsOf(page);
  }
}
