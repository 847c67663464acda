package dev.serai.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestLog;
import dev.serai.phonepe.PhonePeApi;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Are ends of PhonePe's orders and refunds found that no webhook has told, each once? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ReconcilingHub.TURN)
class PhonePeReconciliationTest {

  private static final String JOB = "reconcile-phonepe";
  private static final String ALL = "{\"all\":true}";

  private final ReconcilingHub reconciling = ReconcilingHub.emptied();
  private final PhonePeOrders orders = new PhonePeOrders(reconciling);
  private final PhonePeApi api = reconciling.phonePe();
  private final String order = "T-" + UUID.randomUUID();

  @BeforeEach
  void nothingIsOpen() {
    orders.settle();
  }

  @Test
  void fiftySuppressedOnesAreFoundInOneCycleAndToldOnce() throws Exception {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      String id = "T-" + UUID.randomUUID();
      all.add(id);
      orders.announce(id);
      api.knows(id, orders.payload(id));
      orders.isOld(id, "30 s", null);
    }
    orders.announce(order);
    orders.isOld(order, "30 s", null);
    api.answer(order, 200, "{\"state\":\"PENDING\",\"amount\":249900}");

    assertThat(reconciling.run(JOB, "{}")).isEqualTo("51 looked at, 50 recovered, 1 duplicates");
    await()
        .untilAsserted(
            () -> assertThat(all).allMatch(id -> orders.state(id).equals(List.of("succeeded"))));
    assertThat(reconciling.run(JOB, ALL)).isEqualTo("1 looked at, 0 recovered, 1 duplicates");

    for (String id : all) {
      reconciling.postAsPhonePe(orders.webhook(id).toString());
    }
    await().until(() -> reconciling.log().count("handler-phonepe-confirm", "ready") == 0);
    await().until(() -> reconciling.log().count("handler-phonepe-confirm", "running") == 0);
    await().until(() -> reconciling.log().count("handler-phonepe-v2", "ready") == 0);
    for (String id : all) {
      assertThat(orders.told("order.confirmed", id)).isEqualTo(1);
      assertThat(orders.told("payment.succeeded", id)).isEqualTo(1);
      assertThat(api.calls(id)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "19 s, , false",
    "21 s, , true",
    "40 s, 4 s, true",
    "40 s, 1 s, false",
    "100 s, 7 s, true",
    "100 s, 4 s, false",
    "160 s, 11 s, true",
    "160 s, 7 s, false",
    "220 s, 31 s, true",
    "220 s, 20 s, false",
    "10 min, 61 s, true",
    "10 min, 40 s, false",
    "2 h, 50 min, false",
    "2 h, 61 min, true",
    "8 days, 61 min, false",
  })
  void anOpenOneIsAskedAboutOnPhonePesSchedule(String age, String asked, boolean due) {
    orders.announce(order);
    orders.isOld(order, age, asked);

    reconciling.run(JOB, "{}");

    assertThat(api.calls(order)).hasSize(due ? 1 : 0);
  }

  @Test
  void aRefundIsAskedAboutToo() throws Exception {
    String refund = order + "-R";
    String data =
        "{\"provider\":\"phonepe\",\"id\":\"%s\",\"payment\":\"%s\",\"amount\":100,\"currency\":\"inr\"}"
            .formatted(refund, order);
    reconciling.log().append(TestLog.event("test", "refund.initiated", refund, refund, data, null));
    api.answer(
        refund,
        200,
        "{\"state\":\"COMPLETED\",\"amount\":100,\"originalMerchantOrderId\":\"%s\",\"refundId\":\"OMR1\"}"
            .formatted(order));
    await()
        .untilAsserted(
            () -> {
              reconciling.run(JOB, ALL);
              assertThat(orders.told("refund.succeeded", refund)).isEqualTo(1);
            });
    assertThat(api.calls(refund))
        .containsExactly("/pg/payments/v2/refund/%s/status".formatted(refund));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 0})
  void oneThatIsNotAnsweredFailsTheRunAndHoldsUpNoOther(int status) throws Exception {
    String other = "T-" + UUID.randomUUID();
    orders.announce(order);
    orders.announce(other);
    api.knows(other, orders.payload(other));
    if (status == 0) {
      api.silent(order);
    } else {
      api.answer(order, status, "{\"code\":\"TROUBLE\"}");
    }

    UUID run = reconciling.begin(JOB, ALL);
    TestLog.FailedAttempt failed = reconciling.failed(run, JOB);
    assertThat(failed.detail()).contains("1 not answered", "1 recovered").doesNotContain("token-");
    await().until(() -> orders.state(other).equals(List.of("succeeded")));

    api.knows(order, orders.payload(order));
    reconciling.later(run);
    assertThat(reconciling.ended(run, JOB)).isEqualTo("1 looked at, 1 recovered, 0 duplicates");
    await().until(() -> orders.state(order).equals(List.of("succeeded")));
  }
}
