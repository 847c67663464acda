package dev.serai.phonepe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * How far does a forger get that has seen the header of a genuine webhook?
 *
 * <p>With 2,000 forgeries as a rule; {@code mvn test -Dtest=ForgeryTest -Dserai.forged=10000} makes
 * more.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(PhonePeHub.TURN)
class ForgeryTest {

  private static final int FORGED = Integer.getInteger("serai.forged", 2_000);

  /** Of these one in ten is about one order that is announced and not paid. */
  private static final int OF_ONE_ORDER = 10;

  private static final int BUDGET = 100;

  /** It waits for its turn behind forgeries, which take no call and no time of PhonePe's. */
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void anyNumberOfForgeriesCausesAHundredCallsAndNothingElse() throws Exception {
    String paid = "T-" + UUID.randomUUID();
    String open = "T-" + UUID.randomUUID();
    try (PhonePeHub first = PhonePeHub.start();
        PhonePeHub second = first.another();
        PhonePeApi api = first.api()) {
      ObjectNode genuine = webhook(paid);
      first.announce(paid);
      first.announce(open);
      api.knows(paid, PhonePeHub.payload(genuine));
      api.knows(open, PhonePeHub.payload(webhook(open)).put("state", "PENDING"));
      Instant begin = Instant.now();
      post(List.of(first, second), open, 0, FORGED / 2);
      UUID event = first.post(genuine.toString());
      Instant posted = Instant.now();
      post(List.of(first, second), open, FORGED / 2, FORGED);
      await()
          .atMost(SOON)
          .until(() -> first.log().delivery(event, PhonePeHub.SUBSCRIPTION).state().equals("done"));

      assertThat(confirmedAt(first)).isBefore(posted.plus(SOON));
      await().atMost(Duration.ofMinutes(3)).until(() -> untried(first) == 0);
      Duration all = Duration.between(begin, Instant.now());
      long unknown =
          api.calls(null).stream()
              .filter(call -> !call.contains(open) && !call.contains(paid))
              .count();
      assertThat(unknown).isBetween((long) BUDGET, BUDGET + all.toMinutes() * BUDGET / 60 + 1);
      assertThat(api.calls(paid)).hasSize(1);
      assertThat(api.calls(open)).hasSizeBetween(1, (int) all.toSeconds() / 3 + 1);
      assertThat(api.tokens()).as("one of each hub").isLessThanOrEqualTo(2);
      assertThat(ids(first, "select subject from serai.event where type = 'order.confirmed'"))
          .containsExactly(paid);
      assertThat(ids(first, "select subject from serai.event where type = 'payment.succeeded'"))
          .isSubsetOf(paid);
      assertThat(ids(first, "select id from payments.payment"))
          .containsExactlyInAnyOrder(paid, open);
      assertThat(contradictions(first)).isEqualTo(unknown);
    }
  }

  @Test
  void anOrderThatPhonePeKnowsCostsNothingOfTheBudget() throws Exception {
    PhonePeHub phonePe = PhonePeHub.shared();
    phonePe.handled(webhook("T-" + UUID.randomUUID()));
    double spent = available(phonePe);
    String order = "T-" + UUID.randomUUID();
    phonePe.api().knows(order, PhonePeHub.payload(webhook(order)));
    phonePe.handled(webhook(order));

    assertThat(spent).isEqualTo(BUDGET - 1);
    assertThat(available(phonePe)).isBetween(spent, spent + 0.5);
  }

  private static ObjectNode webhook(String order) throws Exception {
    return PhonePeHub.fixture("07-v2-checkout.order.completed", order);
  }

  private static void post(List<PhonePeHub> hubs, String open, int from, int to) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService senders = Executors.newFixedThreadPool(16)) {
      List<Callable<Integer>> posts =
          IntStream.range(from, to)
              .<Callable<Integer>>mapToObj(
                  i ->
                      () ->
                          client
                              .send(
                                  forged(hubs.get(i % 2), i, open),
                                  HttpResponse.BodyHandlers.discarding())
                              .statusCode())
              .toList();
      for (Future<Integer> post : senders.invokeAll(posts)) {
        assertThat(post.get()).isEqualTo(200);
      }
    }
  }

  private static HttpRequest forged(PhonePeHub hub, int number, String open) throws Exception {
    String order = number % OF_ONE_ORDER == 0 ? open : "FORGED-" + number;
    ObjectNode webhook = webhook(order);
    PhonePeHub.payload(webhook).put("expireAt", number);
    return hub.request(webhook.toString());
  }

  /** How many deliveries no attempt has been made at. */
  private static int untried(PhonePeHub phonePe) {
    return count(
        phonePe,
        """
        select count(*) from serai.delivery d join serai.subscription s on s.id = subscription_id
        where name = 'handler-phonepe-confirm' and attempts = 0
        """);
  }

  private static int contradictions(PhonePeHub phonePe) {
    return count(phonePe, "select count(*) from payments.contradiction where reason = 'unknown'");
  }

  private static int count(PhonePeHub phonePe, String sql) {
    return phonePe.hub().database().sql(sql).query(Integer.class).single();
  }

  private static double available(PhonePeHub phonePe) {
    return phonePe
        .hub()
        .database()
        .sql("select available from payments.status_budget")
        .query(Double.class)
        .single();
  }

  private static Instant confirmedAt(PhonePeHub phonePe) {
    return phonePe
        .hub()
        .database()
        .sql("select received_at from serai.event where type = 'order.confirmed'")
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  private static List<String> ids(PhonePeHub phonePe, String sql) {
    return phonePe.hub().database().sql(sql).query(String.class).list();
  }
}
