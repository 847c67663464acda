package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does it matter in which order, and how often, a provider delivers a hundred events? */
class PaymentOrderTest {

  private static final TestHub HUB = TestHub.shared();

  private static String mark() {
    return "M" + UUID.randomUUID().toString().replace("-", "");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void notStripe(long seed) throws Exception {
    StripeRound round = new StripeRound(HUB, mark());
    shuffled(round, seed);

    assertThat(round.tables()).isEqualTo(Stripes.TABLES);
    assertThat(states("payment", Stripes.TABLES)).containsOnly("partially_refunded", "succeeded");
    assertThat(states("refund", Stripes.TABLES)).containsOnly("succeeded", "failed");
    assertThat(states("subscription", Stripes.TABLES)).containsOnly("past_due", "cancelled");
    assertThat(round.emitted())
        .containsEntry("payment.succeeded", 10)
        .containsEntry("refund.created", 10)
        .containsEntry("refund.failed", 5)
        .containsEntry("subscription.deleted", 5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void norPhonePe(long seed) throws Exception {
    PhonePeRound round = new PhonePeRound(HUB, mark());
    shuffled(round, seed);

    assertThat(round.tables()).isEqualTo(PhonePes.TABLES);
    assertThat(states("payment", PhonePes.TABLES)).containsOnly("failed", "succeeded", "refunded");
    assertThat(states("refund", PhonePes.TABLES)).containsOnly("succeeded", "failed");
    assertThat(states("subscription", PhonePes.TABLES)).containsOnly("paused", "cancelled");
    assertThat(round.emitted())
        .containsEntry("payment.succeeded", 32)
        .containsEntry("refund.created", 20)
        .containsEntry("refund.failed", 4)
        .containsEntry("subscription.deleted", 6);
  }

  private static void shuffled(ProviderRound round, long seed) throws Exception {
    List<String> once = round.hundred();
    assertThat(once).hasSize(100).doesNotHaveDuplicates();
    List<String> events = new ArrayList<>(once);
    once.forEach(event -> events.add(round.toldAgain(event)));
    Collections.shuffle(events, new Random(seed));
    for (String event : events) {
      round.post(event);
    }
    round.handled();
    // Late is not illegal.
    assertThat(round.refused()).isEmpty();
  }

  private static List<String> states(String table, Map<String, List<String>> tables)
      throws Exception {
    List<String> states = new ArrayList<>();
    for (String row : tables.getOrDefault(table, List.of())) {
      JsonNode json = new ObjectMapper().readTree(row);
      states.add(json.path("state").asText());
    }
    return states;
  }

  /** What each makes when every event comes once and in order. */
  private static Map<String, List<String>> inOrder(ProviderRound round) {
    try {
      for (String event : round.hundred()) {
        round.post(event);
        round.handled();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return round.tables();
  }

  private static final class Stripes {
    private static final Map<String, List<String>> TABLES = inOrder(new StripeRound(HUB, mark()));
  }

  private static final class PhonePes {
    private static final Map<String, List<String>> TABLES = inOrder(new PhonePeRound(HUB, mark()));
  }
}
