package dev.serai.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Are Stripe's events found that no webhook has brought, each once? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ReconcilingHub.TURN)
class StripeReconciliationTest {

  private static final String JOB = "reconcile-stripe";

  private final ReconcilingHub reconciling = ReconcilingHub.emptied();
  private final TestHub hub = reconciling.hub();
  private final StripeList stripe = reconciling.stripe();
  private final String type = "thing." + UUID.randomUUID();
  private final long now = Instant.now().getEpochSecond();

  private String webhook(String id) {
    return StripeSender.event(id, type, "{\"id\":\"pi_%s\",\"object\":\"thing\"}".formatted(id));
  }

  private static String newId() {
    return "evt_" + UUID.randomUUID();
  }

  @Test
  void fiftySuppressedOnesAreFoundInOneCycleAndHandledOnce() throws Exception {
    Map<String, Integer> handled = new ConcurrentHashMap<>();
    Map<String, String> webhooks = new HashMap<>();
    StripeSender sender = StripeSender.to(hub);
    try (TestHandler handler =
        TestHandler.of(hub)
            .with("types", "stripe." + type)
            .handle(
                exchange ->
                    handled.merge(
                        String.valueOf(TestHandler.attribute(exchange, "key")), 1, Integer::sum))) {
      for (int i = 0; i < 230; i++) {
        String id = newId();
        stripe.add(id, type, now - 3_600 + i, true);
        webhooks.put(id, webhook(id));
        if (i % 23 < 18) {
          assertThat(sender.post(webhooks.get(id)).statusCode()).isEqualTo(200);
        }
      }
      assertThat(reconciling.counts("stripe." + type)).containsExactly(180L, 0L);

      assertThat(reconciling.run(JOB, "{}"))
          .isEqualTo("230 looked at, 50 recovered, 180 duplicates");
      assertThat(reconciling.counts("stripe." + type)).containsExactly(230L, 50L);
      assertThat(
              reconciling.run(
                  JOB, "{\"since\":\"%s\"}".formatted(Instant.now().minusSeconds(7_200))))
          .isEqualTo("230 looked at, 0 recovered, 230 duplicates");

      for (StripeList.Listed event : stripe.all()) {
        assertThat(sender.post(webhooks.get(event.id())).body()).contains("\"duplicate\"");
      }
      assertThat(reconciling.counts("stripe." + type)).containsExactly(230L, 50L);
      await().until(() -> handled.size() == 230);
      assertThat(Set.copyOf(handled.values())).containsExactly(1);
    }
  }

  @Test
  void oneIsAsItsWebhookWouldHaveMadeItAndSaysThatItWasRecovered() throws Exception {
    String id = newId();
    String json = stripe.add(id, type, now - 60, false).json();

    reconciling.run(JOB, "{}");

    JsonNode event = Api.of(hub).get("/api/v1/events?key=" + id).json().at("/events/0");
    assertThat(event.path("verified_by").asText()).isEqualTo("recovered:stripe-events");
    assertThat(event.path("type").asText()).isEqualTo("stripe." + type);
    assertThat(event.path("subject").asText()).isEqualTo("pi_" + id);
    assertThat(event.path("workspace").asText()).isEqualTo("acme");
    assertThat(event.path("time").asText()).isEqualTo(Instant.ofEpochSecond(now - 60).toString());
    assertThat(
            Api.of(hub).get("/api/v1/events/%s/body".formatted(event.path("id").asText())).text())
        .isEqualTo(json);
    assertThat(Api.of(hub).get("/metrics").text())
        .contains("serai_events_recovered_total{by=\"stripe-events\",source=\"stripe\"}");
  }

  @Test
  void aRunGoesOnWhereTheLastHasEndedAndALittleBefore() {
    reconciling.run(JOB, "{}");
    String reached = reconciling.reached("stripe").getFirst();
    stripe.forget();

    reconciling.run(JOB, "{}");

    assertThat(stripe.questions()).hasSize(1);
    long asked = Long.parseLong(stripe.questions().getFirst().get("created[gte]"));
    assertThat(now - asked).isBetween(590L, 660L);
    assertThat(reconciling.reached("stripe").getFirst()).isGreaterThan(reached);
  }

  @Test
  void whoNamesATimeOrAsksForUndeliveredOnesMovesNothing() {
    String delivered = newId();
    String missed = newId();
    stripe.add(delivered, type, now - 60, true);
    stripe.add(missed, type, now - 60, false);

    assertThat(reconciling.run(JOB, "{\"undelivered\":true}"))
        .isEqualTo("1 looked at, 1 recovered, 0 duplicates");
    assertThat(
            reconciling.run(
                JOB,
                "{\"since\":\"%s\",\"until\":\"%s\"}"
                    .formatted(Instant.ofEpochSecond(now - 90), Instant.ofEpochSecond(now - 30))))
        .isEqualTo("2 looked at, 1 recovered, 1 duplicates");
    assertThat(reconciling.reached("stripe")).isEmpty();
  }

  @Test
  void whatNoWebhookCouldBringIsCountedAndHoldsUpNothing() {
    stripe.addOdd(now - 60);
    stripe.add(newId(), type, now - 60, true);

    assertThat(reconciling.run(JOB, "{}"))
        .isEqualTo("2 looked at, 1 recovered, 0 duplicates, 1 refused");
  }

  @Test
  void nothingOlderThanStripeKeepsIsAskedFor() {
    assertThat(reconciling.run(JOB, "{\"since\":\"2001-01-01T00:00:00Z\"}"))
        .isEqualTo("0 looked at, 0 recovered, 0 duplicates");

    assertThat(now - Long.parseLong(stripe.questions().getFirst().get("created[gte]")))
        .isBetween(30 * 86_400L - 60, 30 * 86_400L + 60);
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(FakeApi.error(429, "Retry-After", "7"), "ReceiverFailedException"),
        Arguments.of(FakeApi.error(500), "ReceiverFailedException"),
        Arguments.of(ReconcilingHub.emptied().stripe().silence(), "IOException"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aRunThatFailsOnItsWayIsRepeatedAndMissesNothing(FakeApi.Trouble trouble, String cause) {
    for (int i = 0; i < 150; i++) {
      stripe.add(newId(), type, now - 500 + i, true);
    }
    // Before the last part, of which it gets one page, are eleven.
    stripe.trouble(12, trouble);

    UUID run = reconciling.begin(JOB, "{}");
    TestLog.FailedAttempt failed = reconciling.failed(run, JOB);
    assertThat(failed.cause()).isEqualTo(cause);
    assertThat(reconciling.counts("stripe." + type)).containsExactly(100L, 100L);
    assertThat(Instant.parse(reconciling.reached("stripe").getFirst()))
        .isBefore(Instant.ofEpochSecond(now - 600));

    stripe.trouble(0, null);
    reconciling.later(run);
    assertThat(reconciling.ended(run, JOB)).endsWith("50 recovered, 100 duplicates");
    assertThat(reconciling.counts("stripe." + type)).containsExactly(150L, 150L);
  }
}
