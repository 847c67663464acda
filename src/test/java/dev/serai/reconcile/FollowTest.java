package dev.serai.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** When is PhonePe asked about an order that was announced? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ReconcilingHub.TURN)
class FollowTest {

  private static final String CHECK = "handler-phonepe-check";

  private final ReconcilingHub reconciling = ReconcilingHub.emptied();
  private final PhonePeOrders orders = new PhonePeOrders(reconciling);
  private final TestHub hub = reconciling.hub();
  private final String order = "T-" + UUID.randomUUID();

  @BeforeEach
  void nothingIsOpen() {
    orders.settle();
  }

  /** A check that is planned. */
  private record Planned(UUID event, Instant due) {}

  private List<Planned> planned() {
    return hub.database()
        .sql(
            """
            select e.id, d.due_at from serai.event e join serai.delivery d on d.event_id = e.id
            where e.type = 'status-check.due' and e.subject = ? and d.state = 'ready'
            order by d.due_at
            """)
        .param(order)
        .query(
            (row, number) ->
                new Planned(
                    row.getObject(1, UUID.class),
                    row.getObject(2, OffsetDateTime.class).toInstant()))
        .list();
  }

  private List<Planned> announced() {
    orders.announce(order);
    await().until(() -> planned().size() == 4);
    return planned();
  }

  /** As if its time had come. */
  private void isDue(UUID check) {
    hub.database()
        .sql("update serai.delivery set due_at = now() where event_id = ? and state = 'ready'")
        .param(check)
        .update();
    reconciling.log().awaitState(check, CHECK, "done");
  }

  private static long seconds(Instant from, Instant to) {
    return Math.round(Duration.between(from, to).toMillis() / 1_000.0);
  }

  @Test
  void theFirstTimeAfterTwentyTwoSecondsAndThenInParts() {
    Instant before = Instant.now();
    List<Planned> checks = announced();

    assertThat(seconds(before, checks.getFirst().due())).isBetween(21L, 24L);
    assertThat(checks)
        .extracting(check -> seconds(checks.getFirst().due(), check.due()))
        .containsExactly(0L, 28L, 88L, 148L);
  }

  @Test
  void againAfterThreeSecondsAsLongAsItIsPending() {
    reconciling.phonePe().answer(order, 200, "{\"state\":\"PENDING\",\"amount\":249900}");
    Planned first = announced().getFirst();

    isDue(first.event());

    assertThat(reconciling.phonePe().calls(order)).hasSize(1);
    assertThat(planned()).hasSize(4);
    assertThat(seconds(Instant.now(), planned().getFirst().due())).isBetween(1L, 3L);
  }

  @Test
  void noMoreWhenItsEndIsKnown() throws Exception {
    reconciling.phonePe().knows(order, PhonePeOrders.payload(order));
    List<Planned> checks = announced();

    isDue(checks.getFirst().event());
    await().until(() -> orders.state(order).equals(List.of("succeeded")));
    checks.stream().skip(1).forEach(check -> isDue(check.event()));
    planned().forEach(check -> isDue(check.event()));

    assertThat(reconciling.phonePe().calls(order)).hasSize(1);
    assertThat(orders.told("payment.succeeded", order)).isEqualTo(1);
    assertThat(planned()).isEmpty();
  }

  @Test
  void oneThatIsNotAnsweredIsAskedAboutAgain() {
    reconciling.phonePe().answer(order, 500, "{}");
    Planned first = announced().getFirst();

    isDue(first.event());

    assertThat(reconciling.phonePe().calls(order)).hasSize(1);
    assertThat(planned()).hasSize(4);
  }
}
