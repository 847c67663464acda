package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What happens to the deliveries of a hub whose lease ends? */
@EngineTurn
class LeaseTest {

  // A hub that has just started judges nobody for its first seconds.
  private static final Duration RESCUED = Duration.ofSeconds(20);

  private final TestHub hub = TestHub.engine();
  private final TestLog log = TestLog.of(hub);
  private final Nodes nodes = hub.bean(Nodes.class);
  private final Deliveries deliveries = hub.bean(Deliveries.class);
  private final String name = "lease-" + UUID.randomUUID();

  @Test
  void theyAreReadyAgainAndItsLateFinishIsRefused() throws Exception {
    Claimed late = claimed(5);
    endLease(late, Duration.ofSeconds(1));
    awaitState(late, "ready");
    assertThat(log.attempts(late.event().id(), name))
        .extracting(TestLog.FailedAttempt::cause)
        .containsExactly("hub-lost");
    assertThat(finish(late)).isFalse();

    int other = nodes.register("another", "test");
    List<Claimed> found = new ArrayList<>();
    await().until(() -> found.addAll(claim(other, late)));
    Claimed again = found.getFirst();
    assertThat(again.token()).isGreaterThan(late.token());
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(finish(late)).isFalse();
    assertThat(finish(again)).isTrue();
    assertThat(log.delivery(late.event().id(), name).state()).isEqualTo("done");
    nodes.leave(other);
  }

  @Test
  void oneThatHasUsedUpItsAttemptsIsADeadLetter() throws Exception {
    Claimed last = claimed(1);
    endLease(last, Duration.ofSeconds(1));
    awaitState(last, "dead");
    assertThat(log.delivery(last.event().id(), name).cause()).isEqualTo("hub-lost");
    assertThat(log.attempts(last.event().id(), name).getFirst().retryAt()).isNull();
  }

  @Test
  void oneThatSomebodyWantedCancelledIsCancelled() throws Exception {
    Claimed running = claimed(5);
    deliveries.cancel(running.event().id(), running.subscriptionId());
    endLease(running, Duration.ofSeconds(1));
    awaitState(running, "cancelled");
  }

  @Test
  void itClaimsNothingMore() throws Exception {
    Claimed first = claimed(5);
    endLease(first, Duration.ofSeconds(1));
    UUID more = log.append(name);
    int node = node(first);
    assertThat(deliveries.claim(node, first.subscriptionId(), Ordering.NONE, null, List.of(more)))
        .isEmpty();
  }

  @Test
  void onceTheyAreTakenOverItMustJoinAnewAndIsForgottenAfterAMinute() throws Exception {
    Claimed first = claimed(5);
    int node = node(first);
    assertThat(nodes.extend(node)).isTrue();
    endLease(first, Duration.ofSeconds(1));
    awaitState(first, "ready");
    assertThat(nodes.extend(node)).isFalse();
    endLease(first, Duration.ofMinutes(2));
    await().atMost(RESCUED).until(() -> rows(node) == 0);
  }

  @Test
  void anInterruptionOfLessThanTheLeaseChangesNothing() throws Exception {
    Claimed running = claimed(5);
    int node = node(running);
    assertThat(nodes.extend(node)).isTrue();
    assertThat(finish(running)).isTrue();
    assertThat(finish(running)).as("twice").isFalse();
    nodes.leave(node);
  }

  private Claimed claimed(int maxAttempts) throws SQLException {
    Subscription subscription =
        hub.bean(Subscriptions.class).declare(name, List.of(name), List.of(), maxAttempts);
    UUID event = log.append(name);
    int node = nodes.register(name, "test");
    return deliveries
        .claim(node, subscription.id(), Ordering.NONE, null, List.of(event))
        .getFirst();
  }

  private List<Claimed> claim(int node, Claimed delivery) throws SQLException {
    return deliveries.claim(
        node, delivery.subscriptionId(), Ordering.NONE, null, List.of(delivery.event().id()));
  }

  private boolean finish(Claimed delivery) {
    return deliveries.finish(Finish.done(delivery, Instant.now())).join().recorded();
  }

  private int node(Claimed delivery) {
    return hub.database()
        .sql("select node from serai.delivery where event_id = :event and subscription_id = :s")
        .param("event", delivery.event().id())
        .param("s", delivery.subscriptionId())
        .query(Integer.class)
        .single();
  }

  private void endLease(Claimed delivery, Duration ago) {
    hub.database()
        .sql("update serai.node set lease_until = now() - :ago * interval '1 s' where name = :name")
        .param("ago", ago.toSeconds())
        .param("name", name)
        .update();
  }

  private int rows(int node) {
    return hub.database()
        .sql("select count(*) from serai.node where id = :node")
        .param("node", node)
        .query(Integer.class)
        .single();
  }

  private void awaitState(Claimed delivery, String state) {
    await()
        .atMost(RESCUED)
        .until(() -> log.delivery(delivery.event().id(), name).state().equals(state));
  }
}
